/** Files and folders of Hadoop file systems, which the library reads from this machine only. */
package io.github.lstmfcn.spark.files;
