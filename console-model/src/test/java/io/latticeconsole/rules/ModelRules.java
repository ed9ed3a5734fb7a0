package io.latticeconsole.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// The rules, each for any tree of packages that ends in the model's package names.
final class ModelRules {
    /// Who may use whom; a package may always use itself and what is below it.
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        MAY_USE.put("unit", Set.of());
        MAY_USE.put("security", Set.of());
        MAY_USE.put("lattice", Set.of("unit"));
        MAY_USE.put("exercise", Set.of("unit", "lattice"));
        MAY_USE.put("telemetry", Set.of("unit", "lattice"));
        MAY_USE.put("routing", Set.of("unit", "lattice"));
        MAY_USE.put("operation", Set.of("unit", "lattice", "routing", "telemetry"));
        MAY_USE.put("alarm", Set.of("unit", "lattice", "telemetry"));
        MAY_USE.put("plan", Set.of("unit", "lattice", "routing", "telemetry", "operation"));
        MAY_USE.put("endpoint", Set.of("unit", "lattice", "exercise", "telemetry", "operation", "plan"));
        MAY_USE.put(
                "coordination", Set.of("unit", "lattice", "exercise", "telemetry", "operation", "plan", "endpoint"));
        MAY_USE.put("codec", Set.of("unit", "lattice", "exercise", "telemetry", "operation", "plan", "endpoint"));
        MAY_USE.put(
                "store", Set.of("unit", "lattice", "exercise", "telemetry", "operation", "plan", "endpoint", "alarm"));
        MAY_USE.put(
                "wire",
                Set.of(
                        "security",
                        "unit",
                        "lattice",
                        "exercise",
                        "telemetry",
                        "operation",
                        "plan",
                        "endpoint",
                        "codec",
                        "store"));
        MAY_USE.put(
                "server",
                Set.of(
                        "security",
                        "unit",
                        "lattice",
                        "exercise",
                        "telemetry",
                        "operation",
                        "plan",
                        "endpoint",
                        "codec"));
        MAY_USE.put("world", Set.of("unit", "lattice"));
        MAY_USE.put(
                "gateway",
                Set.of(
                        "unit",
                        "lattice",
                        "exercise",
                        "telemetry",
                        "routing",
                        "operation",
                        "plan",
                        "endpoint",
                        "coordination",
                        "world"));
        MAY_USE.put(
                "drill",
                Set.of(
                        "security",
                        "world",
                        "gateway",
                        "unit",
                        "lattice",
                        "exercise",
                        "telemetry",
                        "routing",
                        "operation",
                        "plan",
                        "endpoint",
                        "coordination",
                        "codec",
                        "server"));
        MAY_USE.put(
                "agent",
                Set.of(
                        "security",
                        "world",
                        "gateway",
                        "unit",
                        "lattice",
                        "exercise",
                        "telemetry",
                        "routing",
                        "operation",
                        "plan",
                        "endpoint",
                        "coordination",
                        "codec",
                        "server",
                        "alarm"));
        MAY_USE.put(
                "fuzz",
                Set.of(
                        "security",
                        "world",
                        "lattice",
                        "exercise",
                        "telemetry",
                        "operation",
                        "endpoint",
                        "server",
                        "drill",
                        "agent"));
    }

    private static final String[] PURE = {
        "..unit..",
        "..lattice..",
        "..exercise..",
        "..telemetry..",
        "..routing..",
        "..operation..",
        "..plan..",
        "..alarm..",
        "..endpoint..",
        "..coordination..",
        "..world..",
        "..gateway..",
        "..codec.."
    };

    private ModelRules() {}

    static List<ArchRule> all(String base) {
        return List.of(
                layering(base), noWindow(), wireTypes(), pureOfClock(), noCycles(base), nullMarked(), quiet(), names());
    }

    static ArchRule layering(String base) {
        return classes()
                .should(new ArchCondition<>("use only the packages that their own may use") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String from = segment(base, type);
                        Set<String> allowed = MAY_USE.get(from);
                        if (allowed == null) {
                            return;
                        }
                        type.getDirectDependenciesFromSelf().forEach(dependency -> {
                            String to = segment(base, dependency.getTargetClass());
                            if (MAY_USE.containsKey(to) && !to.equals(from) && !allowed.contains(to)) {
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                            }
                        });
                    }
                })
                .because("the model is layered: what is lower must be usable and testable without what is higher");
    }

    static ArchRule noWindow() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..")
                .because("the model runs headless, in agents and servers too");
    }

    static ArchRule wireTypes() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..wire..", "..server..", "..drill..", "..agent..", "..fuzz..", "..codec..", "..security..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.grpc..", "com.google.protobuf..", "com.google.rpc..", "io.latticeconsole.proto..")
                .because("messages are for the wire; everything else works with the model's own types");
    }

    static ArchRule pureOfClock() {
        DescribedPredicate<JavaCall<?>> readsClock = DescribedPredicate.describe("reads a clock", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            return (owner.equals(System.class.getName())
                            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
                    || (owner.equals(Instant.class.getName()) && name.equals("now"))
                    || (owner.equals(Clock.class.getName()) && name.startsWith("system"))
                    || (owner.equals(InstantSource.class.getName()) && name.equals("system"));
        });
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .resideOutsideOfPackage("..agent..")
                .should()
                .callCodeUnitWhere(
                        DescribedPredicate.describe("it reads a clock", call -> readsClock.test((JavaCall<?>) call)))
                .because("time is passed in, so that drills, replays and tests are exact");
    }

    static ArchRule noCycles(String base) {
        return slices().matching(base + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle is one package in two rooms");
    }

    static ArchRule nullMarked() {
        return classes()
                .should(new ArchCondition<>("reside in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        JavaPackage home = type.getPackage();
                        if (!home.isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(type, home.getName() + " is not @NullMarked"));
                        }
                    }
                })
                .because("NullAway checks only what is marked");
    }

    static ArchRule quiet() {
        return noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("what goes wrong belongs in the log, with its place and its time");
    }

    static ArchRule names() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Handler")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .because("such a name says nothing about what the thing is");
    }

    /// The first package name below the base, or nothing for what lies elsewhere.
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
