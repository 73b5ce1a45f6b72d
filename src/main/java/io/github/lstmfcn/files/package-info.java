/**
 * Files and folders that are created or replaced completely or not at all, digests of files, and
 * the version of the program that writes them. Used by every package that writes: training, charts,
 * reports and commands. One class, which exchanges two folders in one step, uses JNA where it is on
 * the class path; without it folders are moved one after the other.
 */
package io.github.lstmfcn.files;
