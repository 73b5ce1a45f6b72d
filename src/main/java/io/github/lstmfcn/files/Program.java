package io.github.lstmfcn.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The program that this library belongs to. */
public final class Program {
  private static final String VERSION = read();

  private Program() {}

  /** {@return the version of the program, whatever jar it is packed into} */
  public static String version() {
    return VERSION;
  }

  private static String read() {
    try (InputStream file = Program.class.getResourceAsStream("program.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // a resource of our own
    }
  }
}
