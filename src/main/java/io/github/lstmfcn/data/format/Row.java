package io.github.lstmfcn.data.format;

import io.github.lstmfcn.text.NumberText;

/**
 * A series of a file.
 *
 * @param line the line of the series, from 1; the number of the series if the file has no lines
 * @param label the canonical label, see {@link NumberText#label}; empty if there is none
 * @param values float32 {@code [variable][step]}
 */
public record Row(long line, String label, float[][] values) {}
