/** The pure-Java engines: every consensus method, written once over {@code spi.Kernels}. */
package dev.coterie.internal.engine;
