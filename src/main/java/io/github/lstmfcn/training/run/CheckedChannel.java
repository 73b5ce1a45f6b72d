package io.github.lstmfcn.training.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/**
 * Writes numbers to a file, little-endian, followed by their checksum (CRC-32C). The buffer has a
 * fixed size, whatever the length of the file.
 */
final class CheckedChannel {
  private final WritableByteChannel channel;
  private final ByteBuffer memory;
  private final float[] chunk = new float[1 << 14];
  private final CRC32C checksum = new CRC32C();

  /**
   * Begins a file.
   *
   * @param channel the channel of the file
   * @param memory the buffer, which must be direct
   */
  CheckedChannel(WritableByteChannel channel, ByteBuffer memory) {
    this.channel = channel;
    this.memory = memory.clear().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Allocates a buffer. */
  static ByteBuffer memory() {
    return ByteBuffer.allocateDirect(1 << 20);
  }

  void put(int value) throws IOException {
    ensure(Integer.BYTES);
    memory.putInt(value);
  }

  void put(double value) throws IOException {
    ensure(Double.BYTES);
    memory.putDouble(value);
  }

  void put(byte[] values) throws IOException {
    for (int done = 0; done < values.length; ) {
      ensure(1);
      int count = Math.min(values.length - done, memory.remaining());
      memory.put(values, done, count);
      done += count;
    }
  }

  void put(FloatDataBuffer values) throws IOException {
    for (long done = 0; done < values.size(); ) {
      ensure(Float.BYTES);
      int room = Math.min(chunk.length, memory.remaining() / Float.BYTES);
      int count = (int) Math.min(room, values.size() - done);
      values.offset(done).read(chunk, 0, count);
      memory.asFloatBuffer().put(chunk, 0, count);
      memory.position(memory.position() + count * Float.BYTES);
      done += count;
    }
  }

  /** Ends the file with the checksum, as a 64-bit integer. */
  void finish() throws IOException {
    drain();
    memory.putLong(checksum.getValue());
    drain();
  }

  private void ensure(int bytes) throws IOException {
    if (memory.remaining() < bytes) {
      drain();
    }
  }

  private void drain() throws IOException {
    memory.flip();
    checksum.update(memory.duplicate());
    while (memory.hasRemaining()) {
      channel.write(memory);
    }
    memory.clear();
  }
}
