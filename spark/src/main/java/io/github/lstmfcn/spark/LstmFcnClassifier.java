package io.github.lstmfcn.spark;

/** x. */
public final class LstmFcnClassifier {}
