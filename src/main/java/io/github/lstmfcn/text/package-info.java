/**
 * How reasons and values are written for people, and how numbers are read. Every package may use
 * it; it uses none.
 */
package io.github.lstmfcn.text;
