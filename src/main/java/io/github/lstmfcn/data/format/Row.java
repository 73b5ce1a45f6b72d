package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;

/**
 * One series of a file.
 *
 * @param line where it is, from 1; its number where the file has no lines
 * @param label canonical, see {@link NumberText#label}; empty where there is none
 * @param values float32 [step]
 */
public record Row(long line, String label, float[] values) {}
