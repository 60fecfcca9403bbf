/** The pairwise engine in Java; the pages in docs/methods specify it bit for bit. */
package dev.coterie.internal.pairwise;
