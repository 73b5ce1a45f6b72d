package io.github.lstmfcn.spark.storage;

import io.github.lstmfcn.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import scala.Tuple2;

/**
 * The paths of a command line. A path, or a URI with the scheme {@code file}, is one that every
 * machine sees. Of any other URI, the machines work with copies, whose folder follows from the URI
 * and is the same everywhere.
 */
public final class HadoopPaths implements ITypeConverter<Path> {
  /** The setting that names the folder of the copies. */
  public static final String COPIES = "spark.lstmfcn.copies";

  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*", Pattern.DOTALL);
  private static final String LOCAL = "file:";
  private static final String HADOOP = "spark.hadoop.";
  private static final String AUTOMATIC_CLOSE = "fs.automatic.close";
  private static final String OUT = "--out";
  private static final String DATA = "--data";

  private final Configuration settings = new Configuration();
  private final Path copies;
  private final Map<Path, String> uris = new LinkedHashMap<>();
  private final List<Mirror> inputs = new ArrayList<>();
  private OutputFolder output;

  /**
   * The paths of a command line.
   *
   * @param spark the settings of Spark, with those of Hadoop among them
   */
  public HadoopPaths(SparkConf spark) {
    for (Tuple2<String, String> setting : spark.getAllWithPrefix(HADOOP)) {
      settings.set(setting._1(), setting._2());
    }
    // When the driver is asked to end, the tables are still to be written.
    settings.setBoolean(AUTOMATIC_CLOSE, false);
    copies = Path.of(spark.get(COPIES, standardCopies().toString()));
  }

  /** Not the folder of the process for temporary files, which may be one of a container. */
  private static Path standardCopies() {
    Path shared = Path.of("/tmp");
    Path temporary =
        Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
    return temporary.resolve("lstmfcn-" + System.getProperty("user.name"));
  }

  @Override
  public Path convert(String text) {
    if (!URI.matcher(text).matches()) {
      return Path.of(text);
    }
    String uri = new org.apache.hadoop.fs.Path(text).toString();
    if (uri.startsWith(LOCAL)) {
      return Path.of(new org.apache.hadoop.fs.Path(text).toUri().getPath());
    }
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    String parent = uri.substring(0, uri.length() - name.length());
    UUID id = UUID.nameUUIDFromBytes(parent.getBytes(StandardCharsets.UTF_8));
    Path copy = copies.resolve(id.toString()).resolve(name.isEmpty() ? "root" : name);
    uris.put(copy, uri);
    return copy;
  }

  /**
   * Copies what the options of a command name to this machine.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public void fetch(ParseResult command) {
    for (OptionSpec option : command.matchedOptions()) {
      if (option.getValue() instanceof Path path && uris.containsKey(path)) {
        RemoteFolder remote = new RemoteFolder(uris.get(path), settings);
        if (option.longestName().equals(OUT)) {
          output = new OutputFolder(remote, path);
          output.fetch();
        } else {
          fetch(option.longestName(), remote, path);
        }
      }
    }
  }

  private void fetch(String option, RemoteFolder remote, Path path) {
    RemoteFolder.Kind kind = remote.kind();
    if (kind == RemoteFolder.Kind.NOTHING) {
      throw new InvalidInputException(
          null, uris.get(path), "a folder or file", "nothing of that name", "");
    }
    // What belongs to a file of data lies beside it.
    if (kind == RemoteFolder.Kind.FILE && option.equals(DATA)) {
      throw new InvalidInputException(
          null, uris.get(path), "a folder in " + DATA, "a file", "name the folder");
    }
    Mirror mirror;
    if (kind == RemoteFolder.Kind.FILE) {
      String uri = uris.get(path);
      String name = path.getFileName().toString();
      String parent = uri.substring(0, uri.length() - name.length() - 1);
      mirror = new Mirror(new RemoteFolder(parent, settings), name, path);
    } else {
      mirror = new Mirror(remote, null, path);
    }
    mirror.refresh();
    inputs.add(mirror);
  }

  /** The copies that a task needs. */
  public List<Mirror> inputs() {
    return List.copyOf(inputs);
  }

  /** The folder for results; empty if every machine sees it. */
  public Optional<OutputFolder> output() {
    return Optional.ofNullable(output);
  }

  /** A message with URIs instead of the copies' paths. */
  public String named(String message) {
    String text = message;
    for (Map.Entry<Path, String> each : uris.entrySet()) {
      text = text.replace(each.getKey().toString(), each.getValue());
    }
    return text;
  }
}
