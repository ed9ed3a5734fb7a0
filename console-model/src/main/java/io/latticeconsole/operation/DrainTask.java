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

/// A drain: its nodes still alive and those lost, how they stood before, the replicas placed for them, and the
/// deadline. `tried` are nodes that failed as hosts of a surge; `undo` counts the stages of a cancel.
public record DrainTask(
        Step step,
        List<NodeId> nodes,
        List<NodeId> lost,
        Map<NodeId, Prior> prior,
        List<Surge> surges,
        Set<NodeId> tried,
        Duration deadline,
        DeadlinePolicy policy,
        @Nullable Instant deadlineAt,
        int extensions,
        boolean stopped,
        int undo)
        implements Task {
    /// CONFIRM and ROLLBACK follow the contract's phases: DRAINED is set and read back; the state before is restored.
    public enum Step {
        CORDON,
        SURGE,
        STOP_ADMITTING,
        PROPAGATE,
        QUIESCE,
        MIGRATE,
        DEADLINE,
        CONFIRM,
        ROLLBACK
    }

    public DrainTask {
        nodes = List.copyOf(nodes);
        lost = List.copyOf(lost);
        prior = Map.copyOf(prior);
        surges = List.copyOf(surges);
        tried = Set.copyOf(tried);
    }

    public static DrainTask of(
            List<NodeId> nodes,
            Map<NodeId, Prior> prior,
            List<Surge> surges,
            Duration deadline,
            DeadlinePolicy policy) {
        return new DrainTask(
                Step.CORDON, nodes, List.of(), prior, surges, Set.of(), deadline, policy, null, 0, false, 0);
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
        return step == Step.CORDON || step == Step.SURGE;
    }

    DrainTask at(Step next) {
        return new DrainTask(
                next, nodes, lost, prior, surges, tried, deadline, policy, deadlineAt, extensions, stopped, undo);
    }

    DrainTask stoppedAt(Instant now) {
        return new DrainTask(
                Step.STOP_ADMITTING,
                nodes,
                lost,
                prior,
                surges,
                tried,
                deadline,
                policy,
                now.plus(deadline),
                0,
                true,
                0);
    }

    DrainTask until(@Nullable Instant newDeadline, int newExtensions) {
        return new DrainTask(
                step, nodes, lost, prior, surges, tried, deadline, policy, newDeadline, newExtensions, stopped, undo);
    }

    DrainTask with(List<Surge> newSurges, Set<NodeId> newTried) {
        return new DrainTask(
                step, nodes, lost, prior, newSurges, newTried, deadline, policy, deadlineAt, extensions, stopped, undo);
    }

    DrainTask without(List<NodeId> left, List<NodeId> nowLost) {
        return new DrainTask(
                step, left, nowLost, prior, surges, tried, deadline, policy, deadlineAt, extensions, stopped, undo);
    }

    DrainTask undoStage(int stage) {
        return new DrainTask(
                step, nodes, lost, prior, surges, tried, deadline, policy, deadlineAt, extensions, stopped, stage);
    }
}
