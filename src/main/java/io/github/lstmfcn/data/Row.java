package io.github.lstmfcn.data;

/**
 * One line of a file.
 *
 * @param label canonical, see {@link NumberText#label}; empty where lines have none
 * @param values float32 [step]
 */
record Row(String label, float[] values) {}
