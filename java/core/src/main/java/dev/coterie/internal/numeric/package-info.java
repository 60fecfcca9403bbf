/** The numeric methods in Java, and the columns of numeric tables. */
package dev.coterie.internal.numeric;
