/**
 * Results over many datasets and of single evaluations, written as a page, as Markdown, text, CSV
 * and JSON. Used by commands.
 */
package io.github.lstmfcn.report;
