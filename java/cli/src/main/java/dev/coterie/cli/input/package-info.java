/** Reads answers, truth and gold from CSV and TSV files, strictly and with places in messages. */
package dev.coterie.cli.input;
