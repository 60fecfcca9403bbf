//! Byte ranges of borrowed arrays: none of those that are written may overlap another.
