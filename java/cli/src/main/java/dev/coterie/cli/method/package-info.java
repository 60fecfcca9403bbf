/** The methods that the command line knows, and the options that mean something to each. */
package dev.coterie.cli.method;
