package dev.coterie.spi;

/**
 * Pairs of texts and their similarities.
 *
 * @param first the first row of each pair
 * @param second the second row of each pair, behind the first
 * @param similarity of each pair
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed and never compared.
public record TextPairs(int[] first, int[] second, double[] similarity) {}
