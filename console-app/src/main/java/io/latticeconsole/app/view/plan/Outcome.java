package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import java.util.List;

/// What became of an order, read back from the lattice, as a sentence.
public record Outcome(String sentence, OperationState state) {
    static Outcome of(LatticeState lattice, Operation op) {
        String detail = op.message().isEmpty() ? "" : " — " + ObjectNames.inText(lattice, op.message());
        return switch (op.state()) {
            case RUNNING -> new Outcome(PaneText.of("outcome.running", phase(op)) + progress(lattice, op), op.state());
            case HELD -> new Outcome(PaneText.of("outcome.held", phase(op)) + detail, op.state());
            case SUCCEEDED -> new Outcome(succeeded(lattice, op), op.state());
            case CANCELLED, EXPIRED, FAILED, ROLLED_BACK -> {
                String reason = op.failureReason().isEmpty() ? "" : " · " + PaneText.reason(op.failureReason());
                yield new Outcome(PaneText.of("operation.state", op.state()) + reason + detail, op.state());
            }
        };
    }

    /// The same as the last that was heard: what has become of it since is not known.
    Outcome lastHeard() {
        return new Outcome(PaneText.of("outcome.lastHeard", sentence), state);
    }

    /// What it waits for.
    private static String progress(LatticeState lattice, Operation op) {
        if (op.countsInFlight()) {
            return PaneText.of(
                    "outcome.inFlight", Integer.toString(op.progress().inFlight()));
        }
        String detail = ObjectNames.inText(lattice, op.phaseDetail());
        return detail.isEmpty() ? "" : " — " + detail;
    }

    private static String phase(Operation op) {
        return PaneText.orElse("phase." + op.phase(), op.phase());
    }

    private static String succeeded(LatticeState lattice, Operation op) {
        return switch (op.spec()) {
            case OperationSpec.Drain _ -> drained(lattice, op);
            case OperationSpec.Restore _ -> PaneText.of("outcome.restored", serving(lattice, op));
            case OperationSpec.Reroute _ -> PaneText.of("outcome.rerouted");
            case OperationSpec.Redeploy r -> redeployed(lattice, op, r);
        };
    }

    /// Counts the nodes whose replicas of the model all are of the version.
    private static String redeployed(LatticeState lattice, Operation op, OperationSpec.Redeploy spec) {
        List<Node> nodes = nodesOf(lattice, op);
        long running = nodes.stream()
                .map(n -> lattice.replicasOf(n.id()).stream()
                        .filter(r -> r.model().equals(spec.model()))
                        .toList())
                .filter(of ->
                        !of.isEmpty() && of.stream().allMatch(r -> r.version().equals(spec.version())))
                .count();
        return PaneText.of("outcome.redeployed", spec.model().code(), spec.version(), running + " / " + nodes.size());
    }

    private static String drained(LatticeState lattice, Operation op) {
        List<Node> nodes = nodesOf(lattice, op);
        long drained =
                nodes.stream().filter(n -> n.adminState() == AdminState.DRAINED).count();
        String inFlight = Integer.toString(op.progress().inFlight());
        return drained == nodes.size()
                ? PaneText.of("outcome.drained", inFlight)
                : PaneText.of(
                        "outcome.drainedPartly", Long.toString(drained), Integer.toString(nodes.size()), inFlight);
    }

    private static String serving(LatticeState lattice, Operation op) {
        List<Node> nodes = nodesOf(lattice, op);
        long serving =
                nodes.stream().filter(n -> n.adminState() == AdminState.SERVING).count();
        return serving + " / " + nodes.size();
    }

    private static List<Node> nodesOf(LatticeState lattice, Operation op) {
        return lattice.nodes().values().stream()
                .filter(n -> op.targets().stream()
                        .anyMatch(t -> n.id().equals(t) || n.id().site().equals(t)))
                .toList();
    }
}
