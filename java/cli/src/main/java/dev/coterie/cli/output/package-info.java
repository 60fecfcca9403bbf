/** Writes results: CSV, JSON and tables for people; the same bytes on every JDK. */
package dev.coterie.cli.output;
