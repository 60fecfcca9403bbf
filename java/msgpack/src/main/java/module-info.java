/** The MessagePack form of responses, answers and results. */
module dev.coterie.msgpack {
  requires transitive dev.coterie.core;

  exports dev.coterie.msgpack;
}
