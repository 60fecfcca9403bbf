package dev.coterie.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests of the native library: they fail when it is not there, and run unless told not to.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeedsLibrary.Condition.class)
public @interface NeedsLibrary {

  /** Reads the property {@code skipNativeTests} of the build. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Boolean.getBoolean("coterie.test.skipNative")
          ? ConditionEvaluationResult.disabled("skipNativeTests is set")
          : ConditionEvaluationResult.enabled("needs the native library");
    }
  }
}
