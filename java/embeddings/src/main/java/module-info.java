/** A sentence embedding that needs no network: the model all-MiniLM-L6-v2, quantised. */
module dev.coterie.embeddings {
  exports dev.coterie.embeddings;

  requires com.fasterxml.jackson.core;
  requires com.microsoft.onnxruntime;
  requires transitive dev.coterie.core;

  provides dev.coterie.text.EmbedderProvider with
      dev.coterie.embeddings.MiniLmProvider;
}
