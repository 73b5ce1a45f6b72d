/**
 * Time series classifiers of the LSTM-FCN family on TensorFlow-Java.
 *
 * <p>What is exported is the API. What is {@code requires static} serves the command line, charts
 * and reports, which run on the class path of the distribution.
 */
@SuppressWarnings("module") // lz4-java's and TensorFlow's names end in digits or say "native"
module io.github.lstmfcn {
  exports io.github.lstmfcn;
  exports io.github.lstmfcn.data;
  exports io.github.lstmfcn.data.archive;
  exports io.github.lstmfcn.error;
  exports io.github.lstmfcn.evaluation;
  exports io.github.lstmfcn.explain;
  exports io.github.lstmfcn.model;
  exports io.github.lstmfcn.training;

  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires ch.randelshofer.fastdoubleparser;
  requires com.google.protobuf;
  requires de.siegmar.fastcsv;
  requires io.jhdf;
  requires java.management;
  requires org.tensorflow.ndarray;
  requires tensorflow;
  requires tensorflow.framework;
  requires tensorflow.nativelib;

  // jhdf is an automatic module and names none of what it needs.
  requires com.ning.compress.lzf;
  requires org.apache.commons.lang3;
  requires org.slf4j;
  requires static ascii.table;
  requires static com.samskivert.jmustache;
  requires static com.sun.jna;
  requires static hipparchus.core;
  requires static hipparchus.stat;
  requires static info.picocli;
  requires static java.desktop;
  requires static java.xml;
  requires static me.tongfei.progressbar;
  requires static org.apache.commons.statistics.distribution;
  requires static org.apache.commons.statistics.inference;
  requires static org.apache.commons.statistics.interval;
  requires static org.apache.commons.statistics.ranking;
  requires static org.apache.xmlgraphics.batik.svggen;
  requires static org.jfree.jfreechart;

  // Records that are read from JSON.
  opens io.github.lstmfcn.data to
      com.fasterxml.jackson.databind;
  opens io.github.lstmfcn.data.archive to
      com.fasterxml.jackson.databind;
  opens io.github.lstmfcn.evaluation to
      com.fasterxml.jackson.databind;
  opens io.github.lstmfcn.files to
      com.fasterxml.jackson.databind;
  opens io.github.lstmfcn.training to
      com.fasterxml.jackson.databind;
  opens io.github.lstmfcn.training.run to
      com.fasterxml.jackson.databind;
}
