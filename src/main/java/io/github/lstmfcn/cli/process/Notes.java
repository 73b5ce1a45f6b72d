package io.github.lstmfcn.cli.process;

import io.github.lstmfcn.Model;
import java.io.PrintWriter;
import java.util.List;

/** What a user should know that is no result, on standard error. */
public final class Notes {

  private Notes() {}

  /** What a default had to decide, as a model's file leaves it open. Said with an answer, once. */
  public static void assumptions(List<Model> models, PrintWriter err) {
    for (Model model : models) {
      model.assumptions().forEach(note -> print(model.source() + ": " + note, err));
    }
  }

  /** One line. */
  public static void print(String note, PrintWriter err) {
    err.println("lstmfcn: note: " + note);
  }
}
