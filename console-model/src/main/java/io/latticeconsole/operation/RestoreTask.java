package io.latticeconsole.operation;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A restore: its nodes, how they stood before, and the replicas that were placed for their drain and can go at
/// the end. `undo` counts the stages of a cancel.
public record RestoreTask(
        Step step,
        List<NodeId> nodes,
        List<NodeId> lost,
        Map<NodeId, Prior> prior,
        List<Surge> surges,
        Duration slowStart,
        @Nullable Instant rampStart,
        double weight,
        boolean retiring,
        int undo)
        implements Task {
    /// What a restore goes through.
    public enum Step {
        WARM,
        RAMP,
        SERVE,
        RETIRE,
        ROLLBACK
    }

    public RestoreTask {
        nodes = List.copyOf(nodes);
        lost = List.copyOf(lost);
        prior = Map.copyOf(prior);
        surges = List.copyOf(surges);
    }

    public static RestoreTask of(List<NodeId> nodes, Map<NodeId, Prior> prior, List<Surge> surges, Duration slowStart) {
        return new RestoreTask(Step.WARM, nodes, List.of(), prior, surges, slowStart, null, 0, false, 0);
    }

    /// How one of its nodes stood before.
    Prior before(NodeId node) {
        return prior.getOrDefault(node, Prior.SERVING);
    }

    @Override
    public Set<ReplicaId> replicas() {
        return surges.stream().map(Surge::replica).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean beforeStop() {
        return false;
    }

    RestoreTask at(Step next) {
        return new RestoreTask(next, nodes, lost, prior, surges, slowStart, rampStart, weight, retiring, undo);
    }

    RestoreTask ramping(Instant start, double newWeight) {
        return new RestoreTask(step, nodes, lost, prior, surges, slowStart, start, newWeight, retiring, undo);
    }

    RestoreTask without(List<NodeId> left, List<NodeId> nowLost) {
        return new RestoreTask(step, left, nowLost, prior, surges, slowStart, rampStart, weight, retiring, undo);
    }

    RestoreTask retiringSurges() {
        return new RestoreTask(step, nodes, lost, prior, surges, slowStart, rampStart, weight, true, undo);
    }

    RestoreTask undoStage(int stage) {
        return new RestoreTask(step, nodes, lost, prior, surges, slowStart, rampStart, weight, retiring, stage);
    }
}
