/**
 * The text consensus in Java, as docs/text.md specifies it: tokens, canonical order, similarities,
 * clusters, choice and themes.
 */
package dev.coterie.internal.text;
