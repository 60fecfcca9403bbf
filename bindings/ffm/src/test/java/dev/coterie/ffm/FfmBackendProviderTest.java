package dev.coterie.ffm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.contract.ChildJvm;
import dev.coterie.contract.ProviderContract;
import dev.coterie.contract.TestSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@link FfmBackendProvider}. */
final class FfmBackendProviderTest extends ProviderContract {
  FfmBackendProviderTest() {
    super("ffm");
  }

  /** The test classes are too new for JDK 17, so that it compiles its question itself. */
  @Test
  @EnabledIfSystemProperty(named = TestSetting.JDK17, matches = ".+")
  void olderJdkIsToldWhatIsMissing(@TempDir Path sources) throws IOException {
    Path source =
        Files.writeString(
            sources.resolve("Question.java"),
            """
            public class Question {
              public static void main(String[] arguments) {
                System.out.println(dev.coterie.Backends.unavailabilityCause("ffm").get());
              }
            }
            """);
    String java = Path.of(System.getProperty(TestSetting.JDK17), "bin", "java").toString();
    String answer = ChildJvm.run(List.of(java, "-cp", TestSetting.classPath(), source.toString()));
    assertTrue(answer.contains("needs JDK 23 or newer (this is 17); JNA serves meanwhile"), answer);
  }
}
