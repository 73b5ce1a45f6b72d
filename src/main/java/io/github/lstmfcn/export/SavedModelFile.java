package io.github.lstmfcn.export;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.github.lstmfcn.error.InvalidInputException;
import io.github.lstmfcn.files.WholeFile;
import io.github.lstmfcn.text.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.proto.MetaGraphDef;

/**
 * The file {@code saved_model.pb} of a SavedModel.
 *
 * @param folder the folder of the SavedModel
 */
record SavedModelFile(Path folder) {
  static final String NAME = "saved_model.pb";

  private static final int MOST_BYTES = 1 << 28;

  /** The most fields, which bounds the memory that their objects take. */
  private static final int MOST_FIELDS = 1 << 22;

  private static final int DEEPEST = 32;

  /**
   * Reads the file without giving it to TensorFlow.
   *
   * @return its only graph with its signatures
   * @throws InvalidInputException if the file cannot be read, is damaged or has other than one
   *     graph
   */
  MetaGraphDef read() {
    try {
      byte[] bytes = WholeFile.bytes(folder.resolve(NAME), MOST_BYTES);
      new Census(bytes.length).count(bytes);
      var model = org.tensorflow.proto.SavedModel.parseFrom(bytes);
      if (model.getMetaGraphsCount() != 1) {
        throw unreadable("one graph", model.getMetaGraphsCount() + "", null);
      }
      return model.getMetaGraphs(0);
    } catch (InvalidProtocolBufferException damage) {
      throw unreadable("a readable SavedModel", "damage", damage);
    } catch (IOException failure) {
      throw unreadable("a file that can be read", FailureReason.of(failure), failure);
    }
  }

  private InvalidInputException unreadable(String expected, String found, Exception cause) {
    return new InvalidInputException(folder, NAME, expected, found, "export it again", cause);
  }

  /** Counts the fields of a message and of those in it. */
  private final class Census {
    private final int length;
    private int fields;

    Census(int length) {
      this.length = length;
    }

    void count(byte[] bytes) throws IOException {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      count(in, org.tensorflow.proto.SavedModel.getDescriptor(), 0);
      if (in.getTotalBytesRead() != length) {
        throw new InvalidProtocolBufferException("ends early");
      }
    }

    private void count(CodedInputStream in, Descriptor message, int depth) throws IOException {
      if (depth > DEEPEST) {
        throw unreadable("messages at most " + DEEPEST + " deep", "deeper ones", null);
      }
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (++fields > MOST_FIELDS) {
          throw unreadable("at most " + MOST_FIELDS + " fields", "more", null);
        }
        FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
        int wireType = WireFormat.getTagWireType(tag);
        if (wireType == WireFormat.WIRETYPE_START_GROUP) {
          throw unreadable("no groups", "one", null);
        }
        if (field != null
            && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          int outer = in.pushLimit(in.readRawVarint32());
          count(in, field.getMessageType(), depth + 1);
          in.popLimit(outer);
        } else {
          in.skipField(tag);
        }
      }
    }
  }
}
