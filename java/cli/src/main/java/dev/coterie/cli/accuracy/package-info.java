/** Finds data sets in folders and measures methods on them. */
package dev.coterie.cli.accuracy;
