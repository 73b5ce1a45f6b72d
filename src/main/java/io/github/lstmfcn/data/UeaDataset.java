package io.github.lstmfcn.data;

/**
 * A dataset of the UEA archive of multivariate time series, as published in 2018.
 *
 * @param name the name in the archive
 * @param trainSize the number of series of TRAIN
 * @param testSize the number of series of TEST
 * @param variables the number of variables of a series
 * @param length the number of steps of a series; of the longest one where lengths differ
 * @param classes the number of classes
 */
public record UeaDataset(
    String name, int trainSize, int testSize, int variables, int length, int classes) {}
