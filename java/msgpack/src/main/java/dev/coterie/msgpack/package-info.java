/**
 * The MessagePack form in which responses, answers and results travel between processes and
 * languages; {@code docs/wire.md} specifies it. {@link dev.coterie.msgpack.WireForm} is the entry.
 */
package dev.coterie.msgpack;
