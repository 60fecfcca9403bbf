/** The command line. */
module dev.coterie.cli {
  requires dev.coterie.core;
  requires info.picocli;

  opens dev.coterie.cli to
      info.picocli;

  provides System.LoggerFinder with
      dev.coterie.cli.StandardErrorLoggers;
}
