package io.github.lstmfcn.bench;

import io.github.lstmfcn.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A measurement, a line of JSON for {@code table.py}.
 *
 * @param kind what was measured
 * @param variant how it was done
 * @param shape the size
 * @param figures what was found, by name
 */
record Result(String kind, String variant, Shape shape, Map<String, ?> figures) {

  void print() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("side", "java");
    line.put("kind", kind);
    line.put("variant", variant);
    line.put("variables", shape.variables());
    line.put("length", shape.length());
    line.put("batch", shape.batch());
    line.put("cells", shape.cells());
    line.putAll(figures);
    System.out.println(Json.line(line));
  }
}
