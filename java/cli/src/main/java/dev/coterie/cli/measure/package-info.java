/** Measures results against what is known to be true. */
package dev.coterie.cli.measure;
