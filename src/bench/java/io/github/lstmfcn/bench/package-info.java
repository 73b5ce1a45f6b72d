/** Benchmarks, run by {@code src/bench/run.sh}; {@code docs/performance.md} shows their results. */
package io.github.lstmfcn.bench;
