/**
 * Atomic writing of files, digests of files, and the version of the program that writes them. Used
 * by every package that writes files: training, charts, reports and commands.
 */
package io.github.lstmfcn.files;
