package io.github.lstmfcn.report.result;

/**
 * Something that has no result.
 *
 * @param name of the model or file
 * @param reason why, in a few words
 */
public record SkippedResult(String name, String reason) {}
