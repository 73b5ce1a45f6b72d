/**
 * Turns reasons and values into text for people, and text into numbers. Every package may use it;
 * it uses none.
 */
package io.github.lstmfcn.text;
