/**
 * Convolutions along time in fewer multiplications: Winograd's minimal filtering, with its
 * gradients. Used by {@code model.graph}.
 */
package io.github.lstmfcn.model.winograd;
