/** The agreement measures in Java: docs/methods/agreement.md. */
package dev.coterie.internal.agreement;
