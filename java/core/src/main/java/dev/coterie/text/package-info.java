/**
 * Texts as answers. An {@link dev.coterie.text.Embedder} makes vectors of them; everything that is
 * computed from the vectors has the same bits on every backend. {@link dev.coterie.text.Rover}
 * builds one text of several word by word:
 *
 * <pre>{@code
 * TextAnswers answers =
 *     TextAnswers.builder()
 *         .add("clip 1", "anna", "the cat sat on the mat")
 *         .add("clip 1", "ben", "the cat sat on a mat")
 *         .add("clip 1", "carl", "a cat sat on the mat")
 *         .build();
 * System.out.println(new Rover().aggregate(answers).text("clip 1")); // the cat sat on the mat
 * }</pre>
 */
package dev.coterie.text;
