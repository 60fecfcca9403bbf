/** Consensus, memory, the backend seam and the pure-Java engines. */
module dev.coterie.core {
  exports dev.coterie;
  exports dev.coterie.consensus;
  exports dev.coterie.consensus.online;
  exports dev.coterie.consensus.agreement;
  exports dev.coterie.consensus.pairwise;
  exports dev.coterie.consensus.numeric;
  exports dev.coterie.memory;
  exports dev.coterie.text;
  exports dev.coterie.spi to
      dev.coterie.ffm,
      dev.coterie.jna,
      dev.coterie.natives,
      dev.coterie.vectorapi;

  uses dev.coterie.spi.BackendProvider;
  uses dev.coterie.spi.NativeBundle;
  uses dev.coterie.text.EmbedderProvider;
}
