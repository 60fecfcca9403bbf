package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.output.OutputFile;
import dev.coterie.consensus.online.OnlineConsensus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The file of a live model. */
final class StateFile {
  private final String name;
  private final Path path;

  private StateFile(String name, Path path) {
    this.name = name;
    this.path = path;
  }

  /** Finds the file, which need not exist; changes nothing. */
  static StateFile at(String name) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new InputException(name + ": this is no file of a model; name another");
      }
      return new StateFile(name, Files.exists(path) ? path.toRealPath() : path);
    } catch (InvalidPathException e) {
      throw new InputException(
          "the state " + Quoted.text(name) + " cannot be a file: " + e.getMessage());
    } catch (IOException e) {
      throw new InputException(name + ": the file cannot be read: " + e.getMessage());
    }
  }

  Path path() {
    return path;
  }

  /** Checks that a model can be saved here for the first time. */
  void checkNew() {
    OutputFile.at("STATE", name);
    if (Files.exists(path)) {
      throw new InputException(
          name + ": there is a file already; leave out --create to add to it, or name another");
    }
  }

  /** Checks that the model can be saved again. */
  void checkWritable() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.exists(path) && !(Files.isWritable(path) && Files.isWritable(folder))) {
      throw new InputException(name + ": the file may not be written; check its permissions");
    }
  }

  /** Restores the model, to be closed by the caller. */
  OnlineConsensus load(String backend) {
    if (!Files.exists(path)) {
      throw new InputException(
          name
              + ": there is no such file; check the path, or make it with coterie online --create");
    }
    try {
      return OnlineConsensus.load(path, backend);
    } catch (AccessDeniedException e) {
      throw new InputException(name + ": the file may not be read; check its permissions");
    } catch (IOException e) {
      throw new InputException(name + ": the file cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new InputException(
          name
              + ": "
              + e.getMessage()
              + "; take a copy that is whole, or make it anew with coterie online --create");
    }
  }

  /** Saves the model, whole or not at all. */
  void save(OnlineConsensus model) throws IOException {
    model.save(path);
  }
}
