/** A modular program that names Coterie and nothing else. */
module consumer {
  requires dev.coterie;
}
