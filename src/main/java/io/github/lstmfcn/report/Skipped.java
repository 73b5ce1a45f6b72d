package io.github.lstmfcn.report;

/**
 * Something that has no result.
 *
 * @param name of the model or file
 * @param reason why, in a few words
 */
record Skipped(String name, String reason) {}
