package dev.coterie.consensus.online;

import dev.coterie.internal.online.NamesSection;
import dev.coterie.internal.table.DecimalNames;
import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.Names;

/** The names of a live model's tasks, experts and labels, or none where it has indices only. */
final class ModelNames {
  private final NamesSection.Content content;

  private ModelNames(NamesSection.Content content) {
    this.content = content;
  }

  /** Returns the names of a model that has indices only. */
  static ModelNames indices() {
    return new ModelNames(null);
  }

  /** Returns names with these labels, which are all when there are any. */
  static ModelNames of(NameTable declared) {
    NameTable labels = copy(declared, declared.size(), "labels");
    return new ModelNames(
        new NamesSection.Content(
            new NameTable("tasks"), new NameTable("experts"), labels, labels.size() > 0));
  }

  /** Returns the names of a checked file. */
  static ModelNames of(byte[] state, int tasks, int experts, int labels) {
    return new ModelNames(NamesSection.read(state, tasks, experts, labels));
  }

  boolean areIndices() {
    return content == null;
  }

  byte[] section() {
    return content == null ? new byte[0] : NamesSection.write(content);
  }

  private NamesSection.Content named() {
    if (content == null) {
      throw new IllegalStateException(
          "this model has indices only: use them, or make a model without indexed()");
    }
    return content;
  }

  int task(String name) {
    return index(content == null ? null : content.tasks(), "task", name);
  }

  int expert(String name) {
    return index(content == null ? null : content.experts(), "expert", name);
  }

  int label(String name) {
    return index(content == null ? null : content.labels(), "label", name);
  }

  private int index(NameTable names, String kind, String name) {
    int index = content == null ? named().tasks().indexOf(name) : names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("the model has no " + kind + " \"" + name + "\"");
    }
    return index;
  }

  /** Returns how many labels have names, of all. */
  int labelCount(int labels) {
    return content == null ? labels : content.labels().size();
  }

  String taskName(int task) {
    return content == null ? Integer.toString(task) : content.tasks().name(task);
  }

  String expertName(int expert) {
    return content == null ? Integer.toString(expert) : content.experts().name(expert);
  }

  String labelName(int label) {
    return content == null ? Integer.toString(label) : content.labels().name(label);
  }

  /** Returns copies that do not grow any more. */
  Names[] frozen(int tasks, int experts, int labels) {
    if (content == null) {
      return new Names[] {
        new DecimalNames(tasks), new DecimalNames(experts), new DecimalNames(labels)
      };
    }
    return new Names[] {
      copy(content.tasks(), tasks, "tasks"),
      copy(content.experts(), experts, "experts"),
      copy(content.labels(), labels, "labels")
    };
  }

  private static NameTable copy(Names names, int count, String kind) {
    NameTable copy = new NameTable(kind);
    for (int i = 0; i < count; i++) {
      copy.intern(names.name(i));
    }
    return copy;
  }

  /** New names on trial: they stay when the engine has taken the answers that brought them. */
  final class Growth {
    private final NameTable tasks = new NameTable("tasks");
    private final NameTable experts = new NameTable("experts");
    private final NameTable labels = new NameTable("labels");

    Growth() {
      named();
    }

    int task(String name) {
      return index(content.tasks(), tasks, name);
    }

    int expert(String name) {
      return index(content.experts(), experts, name);
    }

    /** Returns the index of a label; refuses a new one when they were declared. */
    int label(String name, int answer) {
      if (content.labelsDeclared() && content.labels().indexOf(name) < 0) {
        throw new IllegalArgumentException(
            "answer "
                + answer
                + ": label \""
                + name
                + "\" is not among the declared ones: declare it, or declare none");
      }
      return index(content.labels(), labels, name);
    }

    private int index(NameTable known, NameTable fresh, String name) {
      int index = known.indexOf(name);
      return index >= 0 ? index : known.size() + fresh.intern(name);
    }

    int tasks() {
      return content.tasks().size() + tasks.size();
    }

    int experts() {
      return content.experts().size() + experts.size();
    }

    int labels() {
      return content.labels().size() + labels.size();
    }

    void keep() {
      keep(tasks, content.tasks());
      keep(experts, content.experts());
      keep(labels, content.labels());
    }

    private void keep(NameTable fresh, NameTable known) {
      for (int i = 0; i < fresh.size(); i++) {
        known.intern(fresh.name(i));
      }
    }
  }
}
