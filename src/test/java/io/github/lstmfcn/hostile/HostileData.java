package io.github.lstmfcn.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Datasets and archives that mean harm, by the names of their files. */
final class HostileData {
  private static final int MANY = 20; // MiB, of some kilobytes

  private HostileData() {}

  static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    packed(files);
    texts(files);
    arrays(files);
    return files;
  }

  private static byte[] gzip(String begin, String again, int times) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(begin.getBytes(UTF_8));
      byte[] bytes = again.repeat(Math.max(1, (1 << 20) / again.length())).getBytes(UTF_8);
      for (int time = 0; time < times; time++) {
        out.write(bytes);
      }
    }
    return packed.toByteArray();
  }

  private static byte[] repeated(byte[] bytes, int times) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int time = 0; time < times; time++) {
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  private static void packed(Map<String, byte[]> files) throws IOException {
    files.put("oneline_TEST.tsv.gz", gzip("1\t", "0\t", MANY));
    files.put("oneline_TEST.csv.gz", gzip("1,", "0,", MANY));
    files.put("oneline_TEST.ts.gz", gzip("@classLabel true 1 2\n@data\n", "0,", MANY));
    files.put("oneline_TEST.arff.gz", gzip("@attribute a real\n@data\n", "0,", MANY));
    files.put("lines_TEST.tsv.gz", gzip("", "1\t1\n", MANY));
    files.put("blank_TEST.csv.gz", gzip("", "\n", MANY));
    files.put("attributes_TEST.arff.gz", gzip("@relation a\n", "@attribute a real\n", MANY));
    files.put("comments_TEST.ts.gz", gzip("", "# a\n", MANY));
    files.put("long_TEST.csv.gz", gzip("series,step,label,x\n", "1,0,1,1\n", MANY));
    files.put("json.txt.gz", gzip("", "[[1],[2]]\n[", MANY));
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    byte[] name = new byte[1 << 20];
    Arrays.fill(name, (byte) 'a');
    header.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0});
    header.writeBytes(repeated(name, MANY));
    files.put("parts_TEST.tsv.gz", repeated(gzip("", " ", 0), 100_000));
    files.put("name_TEST.tsv.gz", header.toByteArray());
    byte[] zeros = npy("'<f4'", false, "(5242880, 1)");
    ByteArrayOutputStream x = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(x)) {
      out.write(zeros);
      for (int time = 0; time < MANY; time++) {
        out.write(new byte[1 << 20]);
      }
    }
    files.put("X.npy.gz", x.toByteArray());
    ByteArrayOutputStream npz = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(npz)) {
      zip.putNextEntry(new ZipEntry("X.npy"));
      zip.write(zeros);
      for (int time = 0; time < MANY; time++) {
        zip.write(new byte[1 << 20]);
      }
    }
    files.put("bomb.npz", npz.toByteArray());
    files.put("same.npz", zip(Map.of("X.npy", zeros, "x.npy", zeros)));
    Map<String, byte[]> many =
        IntStream.range(0, 20_000)
            .boxed()
            .collect(Collectors.toMap(number -> "entry" + number, number -> new byte[0]));
    files.put("entries.npz", zip(many));
    files.put("entries.keras", zip(many));
    files.put("bomb-weights.keras", keras("{}", new byte[20 << 20]));
    files.put("bomb-config.keras", keras(" ".repeat(20 << 20), new byte[8]));
    files.put("nested-config.keras", keras("[".repeat(1 << 20), HostileHdf.harmless()));
    files.put("number-config.keras", keras("1" + "0".repeat(1 << 20), HostileHdf.harmless()));
    byte[] twice = zip(Map.of("config.json", new byte[4], "confih.json", new byte[4]));
    String text = new String(twice, java.nio.charset.StandardCharsets.ISO_8859_1);
    files.put(
        "twice.keras",
        text.replace("confih", "config").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    files.put("cut.keras", Arrays.copyOf(twice, twice.length - 30));
  }

  private static byte[] keras(String config, byte[] weights) throws IOException {
    return zip(
        Map.of(
            "config.json", config.getBytes(UTF_8),
            "metadata.json", "{}".getBytes(UTF_8),
            "model.weights.h5", weights));
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void texts(Map<String, byte[]> files) {
    int mega = 1 << 20;
    put(files, "label_TEST.tsv", "x".repeat(mega) + "\t1\t2\n");
    put(files, "label_TEST.ts", "@classLabel true " + "x".repeat(mega) + "\n@data\n1,2:a\n");
    put(
        files,
        "label_TEST.arff",
        "@attribute a real\n@attribute c {" + "x".repeat(mega) + "}\n@data\n1,x\n");
    String labels =
        IntStream.range(0, 200_000).mapToObj(n -> "c" + n).collect(Collectors.joining(" "));
    put(files, "labels_TEST.ts", "@classLabel true " + labels + "\n@data\n1,2:c1\n");
    put(
        files,
        "labels_TEST.arff",
        "@attribute a real\n@attribute c {" + labels.replace(' ', ',') + "}\n@data\n1,c1\n");
    put(
        files,
        "variables_TEST.ts",
        "@univariate false\n@classLabel true 1 2\n@data\n" + "1:".repeat(mega) + "1\n");
    put(
        files,
        "columns_TEST.csv",
        "series,step,label,"
            + IntStream.range(0, 200_000).mapToObj(n -> "v" + n).collect(Collectors.joining(","))
            + "\n1,0,1\n");
    put(files, "quotes_TEST.csv", "series,step,label,x\n" + "a\"".repeat(mega) + "\n");
    put(files, "blanks_TEST.ts", "@classLabel" + " ".repeat(mega) + "x\n@data\n1:1\n");
    put(files, "attribute_TEST.arff", "@attribute " + "a".repeat(mega) + "\u0085\n@data\n1\n");
    put(files, "quote_TEST.arff", "@attribute '" + "\\'".repeat(mega) + " real\n@data\n1\n");
    put(
        files,
        "row_TEST.arff",
        "@attribute a real\n@attribute c {1,2}\n@data\n" + "1,".repeat(mega) + "\n");
    put(
        files,
        "relation_TEST.arff",
        "@attribute r relational\n@attribute a real\n@end r\n@attribute c {1,2}\n@data\n'"
            + "1,".repeat(mega)
            + "',1\n");
    put(files, "digits_TEST.csv", "a" + "1".repeat(mega) + "x,b,c\n1,2\n");
    put(files, "number_TEST.csv", "1," + "1".repeat(mega) + "x\n");
    put(
        files,
        "stamps_TEST.ts",
        "@timeStamps true\n@classLabel true 1 2\n@data\n" + "(1,1)".repeat(mega / 4) + ":1\n");
    put(
        files,
        "open_TEST.ts",
        "@timeStamps true\n@classLabel true 1 2\n@data\n" + "(".repeat(mega) + ":1\n");
    put(files, "nothing_TEST.arff", "@attribute a real\n@attribute c {}\n@data\n1,x\n");
  }

  private static void put(Map<String, byte[]> files, String name, String text) {
    files.put(name, text.getBytes(UTF_8));
  }

  private static byte[] npy(String type, boolean fortran, String shape) {
    String text =
        "{'descr': %s, 'fortran_order': %s, 'shape': %s, }"
            .formatted(type, fortran ? "True" : "False", shape);
    byte[] description = text.getBytes(UTF_8);
    return ByteBuffer.allocate(10 + description.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) description.length)
        .put(description)
        .array();
  }

  private static void arrays(Map<String, byte[]> files) throws IOException {
    files.put("claim.npy", npy("'<f4'", false, "(200000000, 200000000)"));
    files.put("overflow.npy", npy("'<f8'", false, "(999999999999999, 999999999999999)"));
    ByteArrayOutputStream fortran = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(fortran)) {
      out.write(npy("'<f4'", true, "(260000000, 2)"));
    }
    files.put("fortran.npy.gz", fortran.toByteArray());
    files.put("objects.npy", npy("'|O'", false, "(2, 2)"));
    files.put("header.npy", npy("'" + " ".repeat(60_000) + "'", false, "(2, 2)"));
  }
}
