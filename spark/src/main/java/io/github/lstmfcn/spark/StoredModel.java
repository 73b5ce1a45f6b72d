package io.github.lstmfcn.spark;

import io.github.lstmfcn.LoadOptions;
import io.github.lstmfcn.Model;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.json.Json;
import io.github.lstmfcn.spark.row.ModelFiles;
import io.github.lstmfcn.spark.storage.LocalCopy;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A model on a file system of Hadoop: as the library reads it, or as {@link LstmFcnModel#write}
 * writes it, with Spark's {@code metadata} beside the folder {@code model}.
 *
 * @param path the path, with or without a scheme
 * @param options what overrides the model's file
 * @param session the session, whose configuration of Hadoop is used
 */
record StoredModel(String path, LoadOptions options, SparkSession session) {
  private static final String METADATA = "metadata";
  private static final String MODEL = "model";
  private static final int MOST_OF_LABELS = 16 << 20;

  static void save(LstmFcnModel model, String path, SparkSession session) {
    try {
      new DefaultParamsWriter(model).session(session).save(path);
      org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(path, MODEL);
      FileSystem system = folder.getFileSystem(configuration(session));
      for (Map.Entry<String, byte[]> file : model.files().files().entrySet()) {
        try (OutputStream out =
            system.create(new org.apache.hadoop.fs.Path(folder, file.getKey()), false)) {
          out.write(file.getValue());
        }
      }
      if (!model.files().labels().isEmpty()) {
        try (OutputStream out = system.create(labels(path), false)) {
          out.write(Json.pretty(model.files().labels()).getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The labels of a SavedModel, which may be others than those it was exported with. */
  private static org.apache.hadoop.fs.Path labels(String path) {
    return new org.apache.hadoop.fs.Path(path, "labels.json");
  }

  private static Configuration configuration(SparkSession session) {
    return session.sessionState().newHadoopConf();
  }

  /**
   * Loads the model.
   *
   * @throws InvalidInputException if there is none, it is damaged or does not fit the options
   */
  LstmFcnModel load() {
    org.apache.hadoop.fs.Path stored = new org.apache.hadoop.fs.Path(path);
    try {
      FileSystem system = stored.getFileSystem(configuration(session));
      if (!system.exists(stored)) {
        throw new InvalidInputException(
            null, path, "a model", "nothing", "name a file or folder that exists");
      }
      org.apache.hadoop.fs.Path inner = new org.apache.hadoop.fs.Path(stored, MODEL);
      boolean isOfSpark =
          system.exists(new org.apache.hadoop.fs.Path(stored, METADATA)) && system.exists(inner);
      if (isOfSpark) {
        expectModel(system, inner);
      }
      return isOfSpark ? restored(system, inner) : read(system, stored, options, LstmFcnModel::of);
    } catch (IOException e) {
      throw new InvalidInputException(
          null, path, "a model that can be read", FailureReason.of(e), "", e);
    }
  }

  private void expectModel(FileSystem system, org.apache.hadoop.fs.Path inner) throws IOException {
    for (String name : List.of(ModelFiles.WEIGHTS, "saved_model.pb")) {
      if (system.exists(new org.apache.hadoop.fs.Path(inner, name))) {
        return;
      }
    }
    throw damaged("weights.h5 or saved_model.pb in its folder " + MODEL, "neither", null);
  }

  private InvalidInputException damaged(String expected, String found, Exception cause) {
    return new InvalidInputException(null, path, expected, found, "save the model again", cause);
  }

  private LstmFcnModel restored(FileSystem system, org.apache.hadoop.fs.Path inner)
      throws IOException {
    DefaultParamsReader.Metadata metadata = metadata();
    org.apache.hadoop.fs.Path weights = new org.apache.hadoop.fs.Path(inner, ModelFiles.WEIGHTS);
    LoadOptions all = options;
    if (options.labels().isEmpty() && system.exists(labels(path))) {
      try (InputStream in = system.open(labels(path))) {
        String text = new String(in.readNBytes(MOST_OF_LABELS), StandardCharsets.UTF_8);
        List<String> labels = new ArrayList<>();
        Json.parse(text).forEach(label -> labels.add(label.asText()));
        all = options.toBuilder().labels(labels).build();
      }
    }
    return read(
        system,
        system.exists(weights) ? weights : inner,
        all,
        model -> {
          LstmFcnModel restored = new LstmFcnModel(metadata.uid(), model, ModelFiles.of(model));
          setParameters(restored, metadata);
          return restored;
        });
  }

  private DefaultParamsReader.Metadata metadata() {
    try {
      return DefaultParamsReader.loadMetadata(path, session, LstmFcnModel.class.getName());
    } catch (RuntimeException unreadable) {
      throw damaged("metadata of an LstmFcnModel", FailureReason.of(unreadable), unreadable);
    }
  }

  private void setParameters(LstmFcnModel model, DefaultParamsReader.Metadata metadata) {
    try {
      metadata.getAndSetParams(model, Option.empty());
    } catch (RuntimeException unknown) {
      throw damaged("parameters that this version knows", FailureReason.of(unknown), unknown);
    }
  }

  /**
   * Applies a function to the model, of which there is a copy here if it is not on this machine.
   */
  private LstmFcnModel read(
      FileSystem system,
      org.apache.hadoop.fs.Path source,
      LoadOptions all,
      Function<Model, LstmFcnModel> use)
      throws IOException {
    try (LocalCopy copy = LocalCopy.of(system, source)) {
      return use.apply(Model.load(copy.path(), all));
    } catch (InvalidInputException unfit) {
      throw new InvalidInputException(
          null,
          unfit.place().isEmpty() ? path : path + ": " + unfit.place(),
          unfit.expected(),
          unfit.found(),
          unfit.remedy(),
          unfit);
    }
  }
}
