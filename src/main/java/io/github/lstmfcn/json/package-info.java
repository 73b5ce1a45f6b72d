/**
 * JSON: one strict mapper for the whole program, and documents that carry a format number. Used by
 * all code that reads or writes JSON; the only package that configures Jackson.
 */
package io.github.lstmfcn.json;
