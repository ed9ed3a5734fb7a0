package io.latticeconsole.app.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// The rules of the app, each for any tree of packages that ends in the app's package names.
final class AppRules {
    /// Rooms of the app from the ground up; a package uses only rooms listed for it. Views are checked apart.
    private static final Map<String, Set<String>> MAY_NOT_USE = Map.of(
            "text", Set.of("format", "style", "control", "fx", "view", "shell", "cli", "bench"),
            "format", Set.of("style", "control", "fx", "view", "shell", "cli", "bench"),
            "style", Set.of("control", "fx", "view", "shell", "cli", "bench"),
            "fx", Set.of("control", "view", "shell", "cli", "bench"),
            "control", Set.of("fx", "view", "shell", "cli", "bench"),
            "view", Set.of("shell", "cli", "bench"),
            "shell", Set.of("cli", "bench"));

    /// What several views show alike: the selection.
    private static final Set<String> SHARED_VIEWS = Set.of("selection");

    private AppRules() {}

    static List<ArchRule> all(String base) {
        return List.of(
                rooms(base),
                viewsApart(base),
                noWire(),
                drillOnlyAtTheEdge(),
                platformOnlyInFx(),
                viewModelsWithoutScene(),
                noStyleInCode(),
                noColourInCode(),
                nullMarked(),
                quiet());
    }

    static ArchRule rooms(String base) {
        return classes()
                .should(new ArchCondition<>("use only rooms below their own") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Set<String> forbidden = MAY_NOT_USE.getOrDefault(segment(base, type), Set.of());
                        type.getDirectDependenciesFromSelf().forEach(dependency -> {
                            if (forbidden.contains(segment(base, dependency.getTargetClass()))) {
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                            }
                        });
                    }
                })
                .because("what is lower is reused; what is higher is put together from it");
    }

    static ArchRule viewsApart(String base) {
        return classes()
                .should(new ArchCondition<>("not use another view") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String own = segment(base + ".view", type);
                        if (own.isEmpty()) {
                            return;
                        }
                        type.getDirectDependenciesFromSelf().forEach(dependency -> {
                            String other = segment(base + ".view", dependency.getTargetClass());
                            if (!other.isEmpty() && !other.equals(own) && !SHARED_VIEWS.contains(other)) {
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                            }
                        });
                    }
                })
                .because("a view can be changed or left out without looking at the others; the shell connects them");
    }

    static ArchRule noWire() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.latticeconsole.proto..")
                .because("the app speaks to the lattice through the model's wire package only");
    }

    static ArchRule drillOnlyAtTheEdge() {
        return noClasses()
                .that()
                .resideInAnyPackage("..view..", "..shell..", "..control..", "..fx..", "..format..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.latticeconsole.drill..", "io.latticeconsole.server..", "io.latticeconsole.coordination..")
                .because("the console learns everything over the wire, from the drill lattice too");
    }

    static ArchRule platformOnlyInFx() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("..fx..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javafx.application.Platform")
                .because("hand-over to the FX thread is newest-wins, and has one place");
    }

    static ArchRule viewModelsWithoutScene() {
        return noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .or()
                .haveSimpleNameEndingWith("Row")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("a view-model is tested without a window");
    }

    static ArchRule noStyleInCode() {
        return noClasses()
                .should()
                .callMethod("javafx.scene.Node", "setStyle", "java.lang.String")
                .orShould()
                .callMethod("javafx.scene.control.Label", "setStyle", "java.lang.String")
                .orShould()
                .callMethod("javafx.scene.layout.Region", "setStyle", "java.lang.String")
                .because("colour and size have one place, the themes");
    }

    static ArchRule noColourInCode() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("..control..", "..view.map..")
                .should()
                .callMethod("javafx.scene.paint.Color", "web", "java.lang.String")
                .orShould()
                .callMethod("javafx.scene.paint.Color", "rgb", "int", "int", "int")
                .because("colours are tokens of the themes");
    }

    static ArchRule nullMarked() {
        return classes()
                .should(new ArchCondition<>("reside in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(
                                    SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                        }
                    }
                })
                .because("NullAway checks only what is marked");
    }

    static ArchRule quiet() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("what goes wrong belongs in the log, with its place and its time");
    }

    private static String segment(String base, JavaClass type) {
        String prefix = base + ".";
        String home = type.getPackageName();
        if (!home.startsWith(prefix)) {
            return "";
        }
        String rest = home.substring(prefix.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
