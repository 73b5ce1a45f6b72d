package io.github.lstmfcn.report.result;

/**
 * A model or file without a result.
 *
 * @param name the name of the model or file
 * @param reason the reason, in a few words
 */
public record SkippedResult(String name, String reason) {}
