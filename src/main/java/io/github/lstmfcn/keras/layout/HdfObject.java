package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A group or a dataset of an HDF5 file. Its links and attributes are read when they are needed. */
public final class HdfObject {
  private final HdfSource source;
  private final ObjectHeader header;
  private final String name;
  private final String path;
  private final int depth;
  private Map<String, Long> links;
  private Map<String, AttributeMessage> attributes;

  HdfObject(HdfSource source, ObjectHeader header, String name, String path, int depth) {
    this.source = source;
    this.header = header;
    this.name = name;
    this.path = path;
    this.depth = depth;
  }

  ObjectHeader header() {
    return header;
  }

  String name() {
    return name;
  }

  /** The path from the root, {@code layers/conv1d}; empty for the root. */
  String path() {
    return path;
  }

  int depth() {
    return depth;
  }

  boolean isDataset() {
    return header.hasMessageOfType(DataSpaceMessage.class);
  }

  boolean isGroup() {
    return !isDataset() && !header.hasMessageOfType(DataTypeMessage.class);
  }

  /**
   * The names of the children, in the order of the file.
   *
   * @throws InvalidInputException if one of them is a link to somewhere else
   */
  public Set<String> names() {
    return links().keySet();
  }

  private Map<String, Long> links() {
    if (links == null) {
      links = isGroup() ? Collections.unmodifiableMap(source.members().links(this)) : Map.of();
    }
    return links;
  }

  /**
   * The child of a name; empty if there is none.
   *
   * @throws InvalidInputException if it cannot be read, or is a group that lies in another one too
   */
  Optional<HdfObject> child(String child) {
    Long address = links().get(child);
    return address == null ? Optional.empty() : Optional.of(source.object(address, this, child));
  }

  /** The group of a name; empty if there is none. */
  Optional<HdfObject> group(String child) {
    return child(child).filter(HdfObject::isGroup);
  }

  Map<String, AttributeMessage> attributes() {
    if (attributes == null) {
      attributes = source.members().attributes(this);
    }
    return attributes;
  }
}
