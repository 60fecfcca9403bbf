/** A modular program that names Coterie, its optional artifact and nothing else. */
module consumer {
  requires dev.coterie;
  requires dev.coterie.msgpack;
}
