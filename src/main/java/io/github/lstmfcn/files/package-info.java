/**
 * Files that are written whole or not at all, what they are known by, and the version of the
 * program that writes them. Used by whatever writes: training, charts, reports, commands.
 */
package io.github.lstmfcn.files;
