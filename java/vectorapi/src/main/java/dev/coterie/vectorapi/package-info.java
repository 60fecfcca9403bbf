/** The pure-Java engines over the Vector API. */
package dev.coterie.vectorapi;
