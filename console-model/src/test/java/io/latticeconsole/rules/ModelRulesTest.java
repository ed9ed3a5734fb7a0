package io.latticeconsole.rules;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The model keeps its rules, and each rule catches what it is for.
class ModelRulesTest {
    private static final String BASE = "io.latticeconsole";
    private static final String SEEDED = "io.latticeconsole.rules.seeded";

    private static final JavaClasses MODEL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/proto/"))
            .importPackages(BASE);

    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(SEEDED);

    @Test
    void scansTheModel() {
        assertTrue(MODEL.size() >= 80, () -> "only " + MODEL.size() + " classes were scanned");
    }

    @TestFactory
    Stream<DynamicTest> theModelKeeps() {
        return ModelRules.all(BASE).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(MODEL)));
    }

    @TestFactory
    Stream<DynamicTest> catchesTheSeededViolation() {
        return ModelRules.all(SEEDED).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> catches(rule)));
    }

    private static void catches(ArchRule rule) {
        assertThrows(AssertionError.class, () -> rule.check(VIOLATIONS));
    }
}
