/** Tables for a terminal. Used by reports, searches and commands. */
package io.github.lstmfcn.table;
