/**
 * Texts as answers. An {@link dev.coterie.text.Embedder} makes vectors of them; everything that is
 * computed from the vectors has the same bits on every backend.
 */
package dev.coterie.text;
