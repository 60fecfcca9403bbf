/** The entry to Coterie: which backend does the work, and what goes wrong when none can. */
package dev.coterie;
