/**
 * Series on disk: single files, streams and folders of datasets. Used by training, evaluation,
 * commands and applications.
 */
package io.github.lstmfcn.data.archive;
