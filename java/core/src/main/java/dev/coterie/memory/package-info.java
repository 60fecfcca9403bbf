/** Off-heap memory: typed, bounds-checked, closable blocks of any size. */
package dev.coterie.memory;
