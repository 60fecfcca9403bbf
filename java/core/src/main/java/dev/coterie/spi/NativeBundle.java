package dev.coterie.spi;

/**
 * Stands for a module that holds native libraries as resources. Nobody looks such a service up:
 * that core uses it and the module provides it is what makes the JVM resolve the module, whose
 * resources could not be found otherwise.
 */
public interface NativeBundle {}
