package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.btree.record.BTreeRecord;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what belongs to an object of an HDF5 file, in the old formats and in the new ones: the
 * links of a group, the attributes of a group or dataset.
 */
final class HdfMembers {
  private static final String DAMAGED = "the file is damaged";
  private static final int HARD_LINK_TYPES = 2; // of a symbol table's entries: 0 and 1

  private final Path file;
  private final HdfStorage storage;
  private final HdfLimits limits;

  HdfMembers(Path file, HdfStorage storage, HdfLimits limits) {
    this.file = file;
    this.storage = storage;
    this.limits = limits;
  }

  /** The addresses of a group's children, by name. */
  Map<String, Long> links(HdfObject group) {
    Map<String, Long> links = new LinkedHashMap<>();
    ObjectHeader header = group.header();
    String place = group.path();
    if (header.hasMessageOfType(SymbolTableMessage.class)) {
      SymbolTableMessage table = header.getMessageOfType(SymbolTableMessage.class);
      addTable(table, place, links);
      return links;
    }
    if (!header.hasMessageOfType(LinkInfoMessage.class)) {
      throw new InvalidInputException(file, place, "a group or a dataset", "neither", DAMAGED);
    }
    LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
    header.getMessagesOfType(LinkMessage.class).forEach(link -> add(link, place, links));
    if (info.getBTreeNameIndexAddress() != HdfSource.UNDEFINED) {
      storage.bounded(
          place,
          () -> {
            FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
            BTreeV2<LinkNameForIndexedGroupRecord> tree =
                tree(info.getBTreeNameIndexAddress(), place);
            for (LinkNameForIndexedGroupRecord record : tree.getRecords()) {
              ByteBuffer link = heap.getId(record.getId());
              add(LinkMessage.fromBuffer(link, storage.getSuperblock()), place, links);
            }
            return tree;
          });
    }
    return links;
  }

  private <T extends BTreeRecord> BTreeV2<T> tree(long address, String place) {
    storage.checkEntries(address, place, limits.objects());
    return new BTreeV2<>(storage, address);
  }

  private void add(LinkMessage link, String place, Map<String, Long> links) {
    switch (link.getLinkType()) {
      case HARD -> add(link.getLinkName(), link.getHardLinkAddress(), place, links);
      case SOFT -> throw notHere(place, link.getLinkName(), "a soft link to " + link.getSoftLink());
      case EXTERNAL ->
          throw notHere(place, link.getLinkName(), "an external link to " + link.getExternalFile());
    }
  }

  private InvalidInputException notHere(String place, String name, String found) {
    return new InvalidInputException(
        file,
        HdfSource.place(place, name),
        "a group or dataset of the file",
        found,
        "load the model with Keras and save it again");
  }

  private void add(String name, long address, String place, Map<String, Long> links) {
    if (name.length() > limits.nameLength()) {
      throw new InvalidInputException(
          file,
          place,
          "names of at most " + limits.nameLength() + " characters",
          name.length() + " characters",
          DAMAGED);
    }
    if (links.size() >= limits.objects()) {
      throw new InvalidInputException(
          file, place, "at most " + limits.objects() + " objects in a group", "more", DAMAGED);
    }
    links.put(name, address);
  }

  /** Adds the links of a group in the format before HDF5 1.8. */
  private void addTable(SymbolTableMessage table, String place, Map<String, Long> links) {
    List<Long> nodes =
        storage.bounded(
            place,
            () -> BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses());
    ByteBuffer names =
        storage.bounded(
            place, () -> new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer());
    for (long node : nodes) {
      SymbolTableEntry[] entries =
          storage.bounded(
              place,
              1 + Short.MAX_VALUE,
              () -> new GroupSymbolTableNode(storage, node).getSymbolTableEntries());
      for (SymbolTableEntry entry : entries) {
        String name = name(names, entry.getLinkNameOffset(), place);
        if (entry.getCacheType() >= HARD_LINK_TYPES) {
          throw notHere(place, name, "a soft link");
        }
        add(name, entry.getObjectHeaderAddress(), place, links);
      }
    }
  }

  private String name(ByteBuffer heap, int offset, String place) {
    int end = offset;
    while (end < heap.capacity() && heap.get(end) != 0) {
      end++;
      if (end - offset > 4 * limits.nameLength()) {
        throw new InvalidInputException(
            file,
            place,
            "names of at most " + limits.nameLength() + " characters",
            "a longer one",
            DAMAGED);
      }
    }
    byte[] name = new byte[end - offset];
    heap.get(offset, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** The attributes of an object, by name. */
  Map<String, AttributeMessage> attributes(HdfObject object) {
    Map<String, AttributeMessage> attributes = new LinkedHashMap<>();
    ObjectHeader header = object.header();
    for (AttributeMessage attribute : header.getMessagesOfType(AttributeMessage.class)) {
      attributes.put(attribute.getName(), attribute);
    }
    if (header.hasMessageOfType(AttributeInfoMessage.class)) {
      AttributeInfoMessage info = header.getMessageOfType(AttributeInfoMessage.class);
      if (info.getFractalHeapAddress() != HdfSource.UNDEFINED) {
        storage.bounded(object.path(), () -> addDense(info, object.path(), attributes));
      }
    }
    return attributes;
  }

  private Map<String, AttributeMessage> addDense(
      AttributeInfoMessage info, String place, Map<String, AttributeMessage> attributes) {
    FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
    BTreeV2<AttributeNameForIndexedAttributesRecord> tree =
        tree(info.getAttributeNameBTreeAddress(), place);
    for (AttributeNameForIndexedAttributesRecord record : tree.getRecords()) {
      AttributeMessage attribute =
          new AttributeMessage(heap.getId(record.getHeapId()), storage, record.getFlags());
      attributes.put(attribute.getName(), attribute);
    }
    return attributes;
  }
}
