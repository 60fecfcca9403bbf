/** One sequence from several, in Java. */
package dev.coterie.internal.sequence;
