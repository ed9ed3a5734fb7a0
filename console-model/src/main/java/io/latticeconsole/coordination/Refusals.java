package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.plan.PlanRefused;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.plan.ViolationKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// The contract's refusals, each with its code, reason and subjects.
final class Refusals {
    private Refusals() {}

    static OrderRefused of(PlanRefused refused) {
        String message = refused.getMessage();
        return new OrderRefused(refused.code(), refused.reason(), message == null ? "" : message, refused.subjects());
    }

    static OrderRefused field(String field, String message) {
        return new OrderRefused("INVALID_ARGUMENT", "BAD_FIELD", field + ": " + message, List.of(field));
    }

    static OrderRefused unknownPlan(String hash) {
        return new OrderRefused(
                "NOT_FOUND", "UNKNOWN_PLAN", "no plan has the hash '" + hash + "'; plan again", List.of(hash));
    }

    static OrderRefused unknownOperation(String name) {
        return new OrderRefused("NOT_FOUND", "UNKNOWN_RESOURCE", "there is no operation " + name, List.of(name));
    }

    static OrderRefused notArmed() {
        return failed("NOT_ARMED", "nothing is armed with this token: arms last 30 s; plan and arm again", List.of());
    }

    static OrderRefused armedByAnother(String holder, Instant until, List<ResourceName> targets) {
        List<String> names = targets.stream().map(ResourceName::name).toList();
        String message =
                String.join(", ", names) + " is armed by " + holder + " until " + until.truncatedTo(ChronoUnit.SECONDS);
        return failed(
                "ARMED_BY_ANOTHER",
                message,
                Stream.concat(Stream.of(holder), names.stream()).toList());
    }

    static OrderRefused busy(Operation op, List<ResourceName> targets) {
        List<String> names = targets.stream().map(ResourceName::name).toList();
        String message = op.id() + " of " + op.operator() + " is under way on " + String.join(", ", names);
        return failed("TARGET_BUSY", message, List.of(op.id().name()));
    }

    static OrderRefused violations(List<Violation> added) {
        boolean budget = added.stream().anyMatch(v -> v.kind() == ViolationKind.BUDGET);
        return failed(
                budget ? "BUDGET" : "VIOLATION_ADDED",
                sentences(added) + " (accept the risk with a reason to start all the same)",
                added.stream().map(Violation::subject).toList());
    }

    static OrderRefused newViolations(List<Violation> added) {
        return new OrderRefused(
                "ABORTED",
                "NEW_VIOLATION",
                "since the plan was made: " + sentences(added),
                added.stream().map(Violation::subject).toList());
    }

    static OrderRefused premises(List<String> changed, String message) {
        return new OrderRefused("ABORTED", "PREMISE_CHANGED", message + "; plan again", changed);
    }

    static OrderRefused unreachable(GatewayId gateway) {
        return new OrderRefused(
                "UNAVAILABLE",
                "GATEWAY_UNREACHABLE",
                gateway + " owns the target and has not been heard for 2.5 s",
                List.of(gateway.name()));
    }

    static OrderRefused budget(Operation op, String objection) {
        return failed("BUDGET", objection, List.of(op.id().name()));
    }

    static OrderRefused state(Operation op, String message) {
        return failed("WRONG_STATE", message, List.of(op.id().name()));
    }

    static OrderRefused reused(String requestId) {
        return new OrderRefused(
                "INVALID_ARGUMENT",
                "REQUEST_ID_REUSED",
                "request_id: '" + requestId + "' was used for another kind of order",
                List.of("request_id"));
    }

    private static String sentences(List<Violation> violations) {
        return String.join("; ", violations.stream().map(Violation::description).toList());
    }

    private static OrderRefused failed(String reason, String message, List<String> subjects) {
        return new OrderRefused("FAILED_PRECONDITION", reason, message, subjects);
    }
}
