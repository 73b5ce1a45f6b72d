package io.github.lstmfcn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * Runs commands in one process, so that each of many short trainings need not start anew. A line of
 * standard input is a command, its arguments separated by tabs; the answer is its exit code, the
 * number of lines that it printed, and these lines.
 */
final class Commands {
  private Commands() {}

  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      StringWriter printed = new StringWriter();
      PrintWriter printer = new PrintWriter(printed);
      int exitCode = Main.run(line.split("\t"), printer, printer, false);
      System.out.println(exitCode + " " + printed.toString().lines().count());
      printed.toString().lines().forEach(System.out::println);
    }
  }
}
