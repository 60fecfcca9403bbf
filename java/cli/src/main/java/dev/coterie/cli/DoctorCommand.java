package dev.coterie.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code coterie doctor}. */
@Command(
    name = "doctor",
    description = "Says which backends work here and why, and checks that they agree.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nSettings (system property or environment variable):%n",
    footer = {
      "  coterie.backend      COTERIE_BACKEND       auto, ffm, jna, vectorapi or scalar",
      "  coterie.isa          COTERIE_ISA           what is used: scalar, avx2, avx512,"
          + " neon or auto",
      "  coterie.library.path COTERIE_LIBRARY_PATH  the native library's file",
      "  coterie.log          COTERIE_LOG           off, error, warning, info, debug, trace"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:some backend works and all that work agree",
      "1:the backend that is demanded does not work, or a check failed"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Diagnosis diagnosis = Diagnosis.make();
    if (json) {
      StringWriter writer = new StringWriter();
      DiagnosisText.json(diagnosis, writer);
      terminal.print(writer.toString());
    } else {
      terminal.print(DiagnosisText.people(diagnosis));
    }
    return diagnosis.healthy() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
