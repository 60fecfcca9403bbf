/**
 * A sentence embedding that needs neither network nor key.
 *
 * <pre>{@code
 * try (Embedder embedder = new MiniLm()) {
 *   float[][] vectors = embedder.embedAll(List.of("A cat sits on a mat.", "On the mat is a cat."));
 * }
 * }</pre>
 */
package dev.coterie.embeddings;
