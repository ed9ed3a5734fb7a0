package io.latticeconsole.app.rules;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The app keeps its rules, and each rule catches what it is for.
class AppRulesTest {
    private static final String BASE = "io.latticeconsole.app";
    private static final String SEEDED = "io.latticeconsole.app.rules.seeded";
    private static final int AT_LEAST = 100;

    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(SEEDED);

    @Test
    void scansTheApp() {
        assertTrue(APP.size() >= AT_LEAST, () -> "only " + APP.size() + " classes were scanned");
    }

    @TestFactory
    Stream<DynamicTest> theAppKeeps() {
        return AppRules.all(BASE).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(APP)));
    }

    @TestFactory
    Stream<DynamicTest> catchesTheSeededViolation() {
        return AppRules.all(SEEDED).stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(), () -> assertThrows(AssertionError.class, () -> rule.check(VIOLATIONS))));
    }
}
