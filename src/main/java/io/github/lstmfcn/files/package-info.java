/**
 * Files that are written whole or not at all, and what they are known by. Used by whatever writes:
 * training, charts, reports, commands.
 */
package io.github.lstmfcn.files;
