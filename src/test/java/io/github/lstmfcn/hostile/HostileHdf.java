package io.github.lstmfcn.hostile;

import static io.github.lstmfcn.hostile.HdfBytes.attribute;
import static io.github.lstmfcn.hostile.HdfBytes.bytes;
import static io.github.lstmfcn.hostile.HdfBytes.chunkTree;
import static io.github.lstmfcn.hostile.HdfBytes.chunked;
import static io.github.lstmfcn.hostile.HdfBytes.contiguous;
import static io.github.lstmfcn.hostile.HdfBytes.dataset;
import static io.github.lstmfcn.hostile.HdfBytes.filters;
import static io.github.lstmfcn.hostile.HdfBytes.group;
import static io.github.lstmfcn.hostile.HdfBytes.header;
import static io.github.lstmfcn.hostile.HdfBytes.link;
import static io.github.lstmfcn.hostile.HdfBytes.linkInfo;
import static io.github.lstmfcn.hostile.HdfBytes.message;
import static io.github.lstmfcn.hostile.HdfBytes.softLink;
import static io.github.lstmfcn.hostile.HdfBytes.space;
import static io.github.lstmfcn.hostile.HdfBytes.text;
import static io.github.lstmfcn.hostile.HdfBytes.variableText;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/** HDF5 files that mean harm: structures that never end, and small ones that claim much. */
final class HostileHdf {
  private static final long UNDEFINED = HdfBytes.UNDEFINED;

  private HostileHdf() {}

  /** A file without harm, of one array. */
  static byte[] harmless() {
    return new HdfBytes().withArray(dataset(space(8), contiguous(96, 32)));
  }

  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    links(files);
    headers(files);
    oldGroups(files);
    attributes(files);
    arrays(files);
    chunks(files);
    types(files);
    return files;
  }

  private static void links(Map<String, byte[]> files) {
    HdfBytes self = new HdfBytes();
    long root = self.room(200);
    self.put(root, group(link("layers", root)));
    files.put("link-root-to-itself", self.file(root));

    HdfBytes three = new HdfBytes();
    long loop = three.room(400);
    three.put(loop, group(link("a", loop), link("b", loop), link("c", loop)));
    files.put("link-three-to-itself", three.file(three.add(group(link("layers", loop)))));

    HdfBytes state = new HdfBytes();
    long metrics = state.room(200);
    state.put(metrics, group(link("again", metrics)));
    long layer = state.add(group(link("optimizer", metrics)));
    long layers = state.add(group(link("lstm", layer)));
    files.put("link-cycle-in-state", state.file(state.add(group(link("layers", layers)))));

    HdfBytes mutual = new HdfBytes();
    long one = mutual.room(200);
    long other = mutual.add(group(link("one", one)));
    mutual.put(one, group(link("other", other)));
    files.put("link-two-to-each-other", mutual.file(mutual.add(group(link("layers", one)))));

    HdfBytes diamonds = new HdfBytes();
    long below = diamonds.add(group());
    for (int level = 0; level < 30; level++) {
      below = diamonds.add(group(link("a", below), link("b", below)));
    }
    files.put("link-diamonds", diamonds.file(diamonds.add(group(link("layers", below)))));

    HdfBytes deep = new HdfBytes();
    long inner = deep.add(group());
    for (int level = 0; level < 3000; level++) {
      inner = deep.add(group(link("a", inner)));
    }
    files.put("link-deep", deep.file(deep.add(group(link("layers", inner)))));

    HdfBytes soft = new HdfBytes();
    files.put("link-soft", soft.file(soft.add(group(softLink("layers", "/layers")))));

    HdfBytes wide = new HdfBytes();
    List<byte[]> many = new ArrayList<>(List.of(linkInfo()));
    for (int number = 0; number < 60_000; number++) {
      many.add(link("n" + number, UNDEFINED));
    }
    files.put("link-many", wide.file(wide.add(header(many))));

    HdfBytes beyond = new HdfBytes();
    files.put("link-beyond-the-end", beyond.file(beyond.add(group(link("layers", 1L << 40)))));
  }

  private static void headers(Map<String, byte[]> files) {
    HdfBytes itself = new HdfBytes();
    long root = itself.room(100);
    byte[] more = message(16, bytes(root + 16, 24L));
    itself.put(root, bytes((byte) 1, (byte) 0, (short) 65535, 1, more.length, 0, more));
    files.put("header-continues-in-itself", itself.file(root));

    HdfBytes chain = new HdfBytes();
    long next = chain.add(linkInfo());
    for (int link = 0; link < 20_000; link++) {
      next = chain.add(message(16, bytes(next, 24L)));
    }
    byte[] first = message(16, bytes(next, 24L));
    long start = chain.add(bytes((byte) 1, (byte) 0, (short) 65535, 1, first.length, 0, first));
    files.put("header-continues-long", chain.file(start));

    HdfBytes claim = new HdfBytes();
    long huge = claim.add(bytes((byte) 1, (byte) 0, (short) 9, 1, Integer.MAX_VALUE, 0));
    files.put("header-claims-2-gigabytes", claim.file(huge));

    HdfBytes nil = new HdfBytes();
    byte[] nothing = new byte[8 * 60_000];
    byte[] big = bytes((byte) 1, (byte) 0, (short) 60_000, 1, nothing.length, 0, nothing);
    List<byte[]> to = new ArrayList<>(List.of(linkInfo()));
    for (int copy = 0; copy < 40; copy++) {
      to.add(link("layer" + copy, nil.add(big)));
    }
    long layers = nil.add(header(to));
    files.put("header-of-nothing", nil.file(nil.add(group(link("layers", layers)))));

    byte[] good = new HdfBytes().file(96);
    for (int at : new int[] {8, 13, 14}) {
      byte[] bad = good.clone();
      bad[at] = (byte) 0xff;
      files.put("superblock-byte-" + at, bad);
    }
    byte[] end = good.clone();
    end[40 + 7] = 0x7f;
    files.put("superblock-claims-its-end", end);
  }

  private static void oldGroups(Map<String, byte[]> files) {
    for (boolean circle : new boolean[] {true, false}) {
      HdfBytes tree = new HdfBytes();
      byte[] heapHead = bytes("HEAP", 0, 8L, UNDEFINED);
      long names = tree.add(new byte[8]);
      long heap = tree.add(bytes(heapHead, names));
      long node = tree.room(64);
      long below = node;
      for (int level = 0; level < (circle ? 1 : 40); level++) {
        byte[] both =
            bytes(
                "TREE", (byte) 0, (byte) 1, (short) 2, UNDEFINED, UNDEFINED, 0L, below, 0L, below);
        if (circle) {
          tree.put(node, both);
        } else {
          below = tree.add(bytes(both, new byte[64]));
        }
      }
      long root = tree.add(header(message(17, bytes(circle ? node : below, heap))));
      files.put(
          circle ? "tree-of-a-group-in-a-circle" : "tree-of-a-group-doubles", tree.file(root));
    }

    HdfBytes many = new HdfBytes();
    long names = many.add(bytes("x".repeat(1_000_000)));
    long heap = many.add(bytes("HEAP", 0, 1_000_000L, UNDEFINED, names));
    byte[] entries = new byte[40 * 30_000];
    long node = many.add(bytes("SNOD", (byte) 1, (byte) 0, (short) 30_000, entries));
    long tree =
        many.add(
            bytes(
                "TREE", (byte) 0, (byte) 0, (short) 1, UNDEFINED, UNDEFINED, 0L, node, 0L, 0L, 0L));
    files.put("names-without-an-end", many.file(many.add(header(message(17, bytes(tree, heap))))));

    HdfBytes claim = new HdfBytes();
    long place = claim.add(bytes("HEAP", 0, Long.MAX_VALUE, UNDEFINED, 96L));
    files.put("heap-claims-much", claim.file(claim.add(header(message(17, bytes(96L, place))))));
  }

  private static void attributes(Map<String, byte[]> files) {
    HdfBytes heap = new HdfBytes();
    int length = 1_000_000;
    long place =
        heap.add(
            bytes(
                "GCOL",
                (byte) 1,
                (byte) 0,
                (short) 0,
                16L + 16 + length,
                (short) 1,
                (short) 1,
                0,
                (long) length,
                "a".repeat(length)));
    byte[] ids = new byte[0];
    for (int id = 0; id < 3000; id++) {
      ids = bytes(ids, length, place, 1);
    }
    files.put(
        "one-string-3000-times",
        heap.file(
            heap.add(
                header(linkInfo(), attribute("layer_names", variableText(), space(3000), ids)))));

    for (long count : new long[] {1L << 60, 100_000, -1}) {
      HdfBytes claim = new HdfBytes();
      files.put(
          "attribute-claims-" + count,
          claim.file(
              claim.add(
                  header(
                      linkInfo(), attribute("layer_names", text(1), space(count), new byte[64])))));
    }
    HdfBytes size = new HdfBytes();
    files.put(
        "attribute-of-2-gigabytes",
        size.file(
            size.add(
                header(
                    linkInfo(),
                    attribute("layer_names", text(Integer.MAX_VALUE), space(1), new byte[64])))));

    HdfBytes split = new HdfBytes();
    List<byte[]> parts = new ArrayList<>(List.of(linkInfo()));
    for (int part = 0; part < 100; part++) {
      parts.add(attribute("layer_names" + part, text(1), space(5000), bytes("a".repeat(5000))));
    }
    files.put("half-a-million-names", split.file(split.add(header(parts))));
  }

  private static void arrays(Map<String, byte[]> files) {
    for (long[] shape : new long[][] {{1L << 40}, {-1}, {1 << 20, 1 << 20}, {Long.MAX_VALUE, 2}}) {
      HdfBytes claim = new HdfBytes();
      files.put(
          "array-claims-" + shape[0] + "x" + shape.length,
          claim.withArray(dataset(space(shape), contiguous(96, 64))));
    }
    HdfBytes same = new HdfBytes();
    long data = same.add(new byte[4_000_000]);
    List<byte[]> arrays = new ArrayList<>(List.of(linkInfo()));
    for (int array = 0; array < 1000; array++) {
      arrays.add(
          link("" + array, same.add(dataset(space(1_000_000), contiguous(data, 4_000_000)))));
    }
    long vars = same.add(header(arrays));
    long dense = same.add(group(link("vars", vars)));
    long layers = same.add(group(link("dense", dense)));
    files.put("arrays-of-the-same-bytes", same.file(same.add(group(link("layers", layers)))));
  }

  private static byte[] deflated(int zeros, int times) {
    Deflater deflater = new Deflater(9);
    byte[] packed = new byte[zeros];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int time = 0; time < times; time++) {
      deflater.setInput(packed);
      while (!deflater.needsInput()) {
        all.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      all.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return all.toByteArray();
  }

  private static void chunks(Map<String, byte[]> files) {
    byte[] bomb = deflated(1 << 20, 100); // 100 MiB
    chunk(files, "chunk-of-100-megabytes", bomb, new long[] {25 << 20}, 25 << 20, 1, 1);
    chunk(files, "chunk-larger-than-its-array", bomb, new long[] {8}, 25 << 20, 1, 1);
    chunk(files, "chunk-inflates-beyond-itself", bomb, new long[] {8}, 8, 1, 1);
    chunk(files, "chunk-inflates-twice", bomb, new long[] {1 << 20}, 1 << 20, 1, 1, 1, 1);
    chunk(files, "chunk-inflates-beyond-checksum", bomb, new long[] {8}, 8, 3, 0, 1, 1);
    byte[] little = new byte[64];
    chunk(files, "chunks-without-number", little, new long[] {1 << 22}, 1);
    chunk(files, "chunks-that-stand-out", little, new long[] {10_000}, 1 << 30);
    chunk(files, "chunk-of-no-size", little, new long[] {8}, 0);
    chunk(files, "chunk-missing", little, new long[] {20}, 10);
    chunk(files, "filter-lz4", little, new long[] {8}, 8, 32004, 2);
    chunk(files, "filter-bitshuffle", little, new long[] {8}, 8, 32008, 5);
    chunk(files, "filter-scale-offset", little, new long[] {8}, 8, 6, 20);
    chunk(files, "filter-unknown", little, new long[] {8}, 8, 12345, 0);
    chunk(files, "filter-lzf-of-nothing", little, new long[] {8}, 8, 32000, 3);
    chunk(files, "filter-shuffle-of-nothing", little, new long[] {8}, 8, 2, 1);
    int[] many = new int[200];
    for (int filter = 0; filter < many.length; filter += 2) {
      many[filter] = 1;
      many[filter + 1] = 1;
    }
    chunk(files, "filters-a-hundred", bomb, new long[] {1 << 20}, 1 << 20, many);

    HdfBytes circle = new HdfBytes();
    long node = circle.room(200);
    byte[] key = new byte[24];
    circle.put(
        node,
        bytes(
            "TREE", (byte) 1, (byte) 1, (short) 2, UNDEFINED, UNDEFINED, key, node, key, node,
            key));
    files.put(
        "tree-of-chunks-in-a-circle", circle.withArray(dataset(space(8), chunked(node, 8, 4))));

    for (int type = 0; type <= 6; type++) {
      HdfBytes latest = new HdfBytes();
      long index =
          latest.add(
              bytes(
                  new String[] {"????", "????", "????", "FAHD", "EAHD", "BTHD", "????"}[type],
                  new byte[4],
                  "\u007f".repeat(100)));
      byte[] layout =
          message(
              8,
              bytes(
                  (byte) 4,
                  (byte) 2,
                  (byte) 0,
                  (byte) 2,
                  (byte) 4,
                  8,
                  4,
                  (byte) type,
                  new byte[type == 5 ? 6 : type == 4 ? 5 : type == 3 ? 1 : 0],
                  index));
      files.put("index-of-type-" + type, latest.withArray(dataset(space(80), layout)));
    }
  }

  private static void chunk(
      Map<String, byte[]> files,
      String name,
      byte[] packed,
      long[] shape,
      int chunk,
      int... filters) {
    HdfBytes file = new HdfBytes();
    long data = file.add(packed);
    long tree = file.add(chunkTree(1, packed.length, data));
    byte[] layout = chunked(tree, chunk, 4);
    files.put(
        name,
        file.withArray(
            filters.length == 0
                ? dataset(space(shape), layout)
                : dataset(space(shape), layout, filters(filters))));
  }

  private static void types(Map<String, byte[]> files) {
    byte[] level = bytes(0x19, 16);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int depth = 0; depth < 8000; depth++) {
      all.writeBytes(level);
    }
    byte[] nested = all.toByteArray();
    HdfBytes deep = new HdfBytes();
    files.put(
        "type-nested",
        deep.withArray(header(message(1, space(8)), message(3, nested), contiguous(96, 64))));
    HdfBytes odd = new HdfBytes();
    byte[] odder = HdfBytes.float32();
    odder[16] = 99; // the bias
    files.put(
        "type-of-another-bias",
        odd.withArray(header(message(1, space(8)), message(3, odder), contiguous(96, 64))));
  }
}
