package dev.coterie.msgpack;

/** The families of values. */
enum Family {
  NIL,
  BOOL,
  INTEGER,
  FLOAT,
  TEXT,
  BINARY,
  ARRAY,
  MAP,
  EXTENSION
}
