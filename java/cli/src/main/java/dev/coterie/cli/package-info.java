/**
 * The command line: {@code coterie consensus}, {@code coterie doctor}, {@code coterie completion}.
 */
package dev.coterie.cli;
