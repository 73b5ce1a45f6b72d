/**
 * Results over many sets: they are read from what the commands wrote and from files in the format
 * of tsml and aeon, compared with what was reported and with each other, and shown as a page, as
 * Markdown, CSV, JSON and a critical-difference diagram.
 */
package io.github.lstmfcn.report;
