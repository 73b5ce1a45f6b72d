/** The exceptions of this library. Every package throws them, beside Java's own. */
package io.github.lstmfcn.error;
