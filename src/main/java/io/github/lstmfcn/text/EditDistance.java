package io.github.lstmfcn.text;

/** How far two words are apart. */
public final class EditDistance {

  private EditDistance() {}

  /** The number of letters to insert, delete or replace: the Levenshtein distance. */
  public static int between(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[other.length()];
  }
}
