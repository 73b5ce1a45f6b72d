package io.github.lstmfcn.keras.layout;

import io.github.lstmfcn.error.InvalidInputException;
import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.SymbolTableEntry;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.OpaqueDataType;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HDF5 file for the layouts. Its structure is read by jhdf, block by block and object by object:
 * every object once, no more of them than {@link HdfLimits} allows, and nothing on the word of a
 * header alone.
 */
public final class HdfSource {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** The address that stands for none. */
  static final long UNDEFINED = -1;

  private static final String DAMAGED = "the file is damaged";

  private final Path file;
  private final HdfLimits limits;
  private final HdfStorage storage;
  private final HdfArrays arrays;
  private final HdfTexts texts;
  private final HdfMembers members;
  private final Map<Long, HdfObject> objects = new HashMap<>();
  private final HdfObject root;
  private long headerBytes;

  private HdfSource(Path file, ByteBuffer content, Superblock superblock, HdfLimits limits) {
    this.file = file;
    this.limits = limits;
    storage = new HdfStorage(file, content, superblock, limits.reads());
    arrays = new HdfArrays(file, storage, limits);
    texts = new HdfTexts(file, storage, limits);
    members = new HdfMembers(file, storage, limits);
    root = readRoot(superblock);
  }

  /**
   * Opens a file.
   *
   * @param file the file, for messages
   * @param content its bytes
   * @throws InvalidInputException if it is incomplete, or its version of HDF5 is not read
   */
  public static HdfSource open(Path file, ByteBuffer content) {
    int start = signature(content);
    ByteBuffer hdf =
        content.slice(start, content.capacity() - start).order(ByteOrder.LITTLE_ENDIAN);
    int version = hdf.get(SIGNATURE.length);
    if (version < 0 || version > 3) {
      throw new InvalidInputException(
          file,
          "",
          "HDF5 with a superblock of version 0 to 3",
          "version " + (version & 0xFF),
          "load the model with Keras and save it again");
    }
    // A copy of the buffer, since reading the superblock moves its limits.
    Superblock superblock = Superblock.readSuperblock(hdf.duplicate().order(hdf.order()));
    for (int size : new int[] {superblock.getSizeOfOffsets(), superblock.getSizeOfLengths()}) {
      if (size != 2 && size != 4 && size != 8) {
        throw new InvalidInputException(
            file, "", "HDF5 with addresses of 2, 4 or 8 bytes", size + " bytes", DAMAGED);
      }
    }
    checkWhole(file, superblock, hdf.capacity());
    return new HdfSource(file, hdf, superblock, HdfLimits.DEFAULT);
  }

  /** Whether bytes have the signature of HDF5, at the start or after a user block. */
  public static boolean isHdf5(ByteBuffer content) {
    return signature(content) >= 0;
  }

  /**
   * The index of the signature, which is 0 or, after a user block, 512, 1024, 2048, …; -1 if there
   * is none.
   */
  private static int signature(ByteBuffer content) {
    for (long at = 0; at + SIGNATURE.length < content.capacity(); at = at == 0 ? 512 : 2 * at) {
      byte[] found = new byte[SIGNATURE.length];
      content.get((int) at, found);
      if (Arrays.equals(found, SIGNATURE)) {
        return (int) at;
      }
    }
    return -1;
  }

  /**
   * Checks that the file is complete: the missing end may be weights, or the state of an optimizer,
   * which is not read.
   */
  private static void checkWhole(Path file, Superblock superblock, long bytes) {
    long written = superblock.getEndOfFileAddress() - superblock.getBaseAddressByte();
    if (written > bytes) {
      throw new InvalidInputException(
          file,
          "",
          written + " bytes of HDF5, as its superblock says",
          bytes + "",
          "the file is incomplete; copy it again");
    }
  }

  private HdfObject readRoot(Superblock superblock) {
    long address =
        storage.bounded(
            "",
            () ->
                superblock instanceof Superblock.SuperblockV0V1 old
                    ? new SymbolTableEntry(storage, old.getRootGroupSymbolTableAddress())
                        .getObjectHeaderAddress()
                    : ((Superblock.SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress());
    HdfObject group = new HdfObject(this, header(address, "", ""), "", "", 0);
    objects.put(address, group);
    return group;
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  /** The root group. */
  public HdfObject root() {
    return root;
  }

  /** Reads an object, or returns it if it has been read. */
  HdfObject object(long address, HdfObject parent, String name) {
    String path = parent.path().isEmpty() ? name : parent.path() + "/" + name;
    HdfObject known = objects.get(address);
    if (known != null) {
      if (known.isGroup() && !known.path().equals(path)) {
        throw new InvalidInputException(
            file,
            "group " + path,
            "a tree of groups",
            "a group that is linked twice, also as "
                + (known.path().isEmpty() ? "the root" : known.path()),
            DAMAGED);
      }
      return known;
    }
    if (objects.size() >= limits.objects() || parent.depth() >= limits.depth()) {
      throw new InvalidInputException(
          file,
          path,
          "at most %s objects on at most %s levels".formatted(limits.objects(), limits.depth()),
          "more",
          DAMAGED);
    }
    HdfObject object =
        new HdfObject(this, header(address, parent.path(), name), name, path, parent.depth() + 1);
    objects.put(address, object);
    return object;
  }

  private ObjectHeader header(long address, String parent, String name) {
    String place = place(parent, name);
    ObjectHeader header;
    try {
      header = storage.bounded(place, () -> ObjectHeader.readObjectHeader(storage, address));
    } catch (HdfException unreadable) {
      if (!isOpaque(unreadable)) {
        throw unreadable;
      }
      throw new InvalidInputException(
          file,
          parent.isEmpty() ? "" : "layer " + parent,
          HdfArrays.FLOATS,
          "arrays of an opaque type, which is how Keras writes bfloat16",
          "save the model with float32 weights",
          unreadable);
    }
    headerBytes += storage.takenBytes();
    if (headerBytes > limits.headerBytes()) {
      throw new InvalidInputException(
          file,
          place,
          "at most " + limits.headerBytes() + " bytes of headers and attributes",
          "more",
          DAMAGED);
    }
    return header;
  }

  static String place(String parent, String name) {
    return parent.isEmpty() ? name : parent + "/" + name;
  }

  /** Whether jhdf failed on an opaque type, whose name it cannot read as h5py writes it. */
  private static boolean isOpaque(Throwable unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (frame.getClassName().equals(OpaqueDataType.class.getName())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Reads the links and attributes of its objects. */
  HdfMembers members() {
    return members;
  }

  /**
   * The strings of an attribute; empty if there is none. Keras splits an attribute that is longer
   * than 64 kB into several that are numbered from 0.
   *
   * @throws InvalidInputException if it has other values, or more than can be
   */
  public List<String> strings(HdfObject object, String name) {
    Map<String, AttributeMessage> attributes = object.attributes();
    if (attributes.containsKey(name)) {
      return texts.of(attributes.get(name));
    }
    List<String> all = new ArrayList<>();
    for (int chunk = 0; attributes.containsKey(name + chunk); chunk++) {
      all.addAll(texts.of(attributes.get(name + chunk)));
      texts.checkCount(name, all.size());
    }
    return all;
  }

  Optional<String> string(HdfObject object, String name) {
    return strings(object, name).stream().findFirst();
  }

  /** Reads the dataset at a path below a group. */
  KerasArray array(HdfObject group, String layer, String path) {
    HdfObject object = group;
    for (String name : path.split("/", -1)) {
      object = object == null ? null : object.child(name).orElse(null);
    }
    if (object == null || !object.isDataset()) {
      throw new InvalidInputException(
          file,
          "layer " + layer,
          "a dataset " + path,
          object == null ? "none" : "a group",
          "the file is incomplete");
    }
    return dataset(object, layer, path);
  }

  KerasArray dataset(HdfObject dataset, String layer, String name) {
    return arrays.read(dataset.header(), "layer " + layer + ", " + name, name);
  }
}
