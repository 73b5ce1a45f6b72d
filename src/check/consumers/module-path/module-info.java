/** Needs nothing but the library's API. */
module consumer {
  requires io.github.lstmfcn;
}
