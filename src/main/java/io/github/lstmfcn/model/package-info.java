/**
 * The network itself: what describes a model ({@code ModelSpec}, {@code ModelWeights}), the graph
 * beside the paper's figure, and a session that runs it. Knows nothing of files.
 */
package io.github.lstmfcn.model;
