package io.github.lstmfcn.cli.process;

/** This program. */
public final class Program {

  private Program() {}

  /** Its version, from the manifest. */
  public static String version() {
    String version = Program.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
