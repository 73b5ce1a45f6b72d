/** What this library throws beside Java's own exceptions. Every package throws them. */
package io.github.lstmfcn.error;
