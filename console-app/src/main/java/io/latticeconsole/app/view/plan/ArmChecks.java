package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.RefusalText;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What has to be so before arming and starting, and where a refusal leads.
final class ArmChecks {
    private ArmChecks() {}

    /// A changed premise makes the plan stale; anything else leaves it standing.
    static PlanStage after(OrderRefused refused, Plan plan) {
        return refused.code().equals("ABORTED") ? new PlanStage.Editing(plan) : new PlanStage.Planned(plan);
    }

    static String sentence(LatticeState lattice, OrderRefused refused) {
        String message = RefusalText.sentence(lattice, refused);
        return switch (refused.code()) {
            case "ABORTED" -> PaneText.of("plan.stale", message);
            case "UNAVAILABLE" -> PaneText.of("plan.unavailable", message);
            default -> message;
        };
    }

    /// The fields of the form that a refusal names.
    static List<FieldError> fields(LatticeState lattice, OrderRefused refused) {
        if (!refused.code().equals("INVALID_ARGUMENT")) {
            return List.of();
        }
        String message = RefusalText.sentence(lattice, refused);
        List<FieldError> named = new ArrayList<>();
        for (String subject : refused.subjects()) {
            FormField.named(subject).ifPresent(f -> named.add(new FieldError(f, message)));
        }
        return named;
    }

    /// Whole seconds, rounded up, until a moment of the coordinator's wall clock; never below 0.
    static int secondsUntil(ConsoleState state, Instant now, Instant coordinatorTime) {
        Duration offset = state.endpoints().values().stream()
                .filter(ArmChecks::isCoordinator)
                .map(EndpointState::clockOffset)
                .findFirst()
                .orElse(Duration.ZERO);
        long millis = Duration.between(now.plus(offset), coordinatorTime).toMillis();
        return (int) Math.max(0, Math.ceilDiv(millis, 1000L));
    }

    private static boolean isCoordinator(EndpointState endpoint) {
        EndpointInfo info = endpoint.info();
        return info != null && info.gateway().equals(info.coordinator());
    }

    /// Who else holds targets of the plan and for how long, as a sentence; empty where nobody does.
    static String otherHolder(ConsoleState state, Instant now, PlanStage stage) {
        Plan plan = stage.shown();
        if (plan == null || stage instanceof PlanStage.Started || stage instanceof PlanStage.Starting) {
            return "";
        }
        boolean holding = stage instanceof PlanStage.Armed || stage instanceof PlanStage.Arming;
        for (Arm arm : state.arms().values()) {
            boolean own = holding && arm.planHash().equals(plan.hash());
            int left = secondsUntil(state, now, arm.expires());
            if (!own && left > 0 && conflict(arm.targets(), plan.targets())) {
                return PaneText.of("plan.heldBy", arm.holder(), Integer.toString(left));
            }
        }
        return "";
    }

    private static boolean conflict(List<ResourceName> a, List<ResourceName> b) {
        return a.stream().anyMatch(x -> b.stream().anyMatch(y -> Targets.overlap(x, y)));
    }
}
