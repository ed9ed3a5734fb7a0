package io.latticeconsole.operation;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A redeploy: its swaps, of which the first `canaries` prove the version, and the gate.
/// `goneBefore` remembers of each swap, while it goes back, whether its old replica was gone.
public record RedeployTask(
        Step step,
        ModelId model,
        String version,
        List<Swap> swaps,
        int canaries,
        Gate gate,
        int maxSurge,
        Duration loading,
        Canary canary,
        boolean gatePassed,
        List<Boolean> goneBefore)
        implements Task {
    /// What a redeploy goes through.
    public enum Step {
        SURGE,
        CANARY,
        BAKE,
        GATE,
        WAVE,
        ROLLBACK
    }

    /// What the canary has to prove: for how long, its share of failed requests, and its TTFT against the old version.
    public record Gate(Duration bake, double maxErrorRatio, double maxTtftFactor) {
        /// How long, in lattice time, the gate waits after the bake for requests and readings.
        public static final Duration LONGEST = Duration.ofSeconds(60);
    }

    public RedeployTask {
        swaps = List.copyOf(swaps);
        goneBefore = List.copyOf(goneBefore);
    }

    /// With the contract's defaults for what the specification leaves open.
    public static RedeployTask of(
            OperationSpec.Redeploy spec, List<Swap> swaps, double loadSeconds, Map<ReplicaId, Double> baseline) {
        int canaries = Math.clamp((int) Math.ceil(spec.canaryShare() * swaps.size()), 1, swaps.size());
        Duration bake = spec.bake();
        var gate = new Gate(
                bake == null ? Duration.ofSeconds(15) : bake,
                spec.maxErrorRatio() > 0 ? spec.maxErrorRatio() : 0.02,
                spec.maxTtftFactor() > 0 ? spec.maxTtftFactor() : 1.5);
        return new RedeployTask(
                Step.SURGE,
                spec.model(),
                spec.version(),
                swaps,
                canaries,
                gate,
                spec.maxSurge() > 0 ? spec.maxSurge() : 2,
                Duration.ofMillis((long) (60_000 + 4_000 * loadSeconds)),
                Canary.of(baseline),
                false,
                List.of());
    }

    @Override
    public List<NodeId> nodes() {
        return swaps.stream()
                .filter(s -> !s.ended())
                .map(s -> s.old().node())
                .distinct()
                .toList();
    }

    @Override
    public Set<ReplicaId> replicas() {
        return swaps.stream().flatMap(s -> Stream.of(s.old(), s.fresh())).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean beforeStop() {
        return false;
    }

    RedeployTask at(Step next) {
        return new RedeployTask(
                next, model, version, swaps, canaries, gate, maxSurge, loading, canary, gatePassed, goneBefore);
    }

    RedeployTask with(int i, Swap swap) {
        List<Swap> changed = new ArrayList<>(swaps);
        changed.set(i, swap);
        return with(changed);
    }

    RedeployTask with(List<Swap> changed) {
        return new RedeployTask(
                step, model, version, changed, canaries, gate, maxSurge, loading, canary, gatePassed, goneBefore);
    }

    RedeployTask judging(Canary changed) {
        return new RedeployTask(
                step, model, version, swaps, canaries, gate, maxSurge, loading, changed, gatePassed, goneBefore);
    }

    RedeployTask passed() {
        return new RedeployTask(
                step, model, version, swaps, canaries, gate, maxSurge, loading, canary, true, goneBefore);
    }

    RedeployTask goingBack() {
        List<Boolean> gone = swaps.stream().map(Swap::oldGone).toList();
        List<Swap> back = swaps.stream()
                .map(s -> s.state() == Swap.State.LOST
                        ? s
                        : s.at(s.state() == Swap.State.WAITING ? Swap.State.BACK_DONE : Swap.State.BACK))
                .toList();
        return new RedeployTask(
                Step.ROLLBACK, model, version, back, canaries, gate, maxSurge, loading, canary, gatePassed, gone);
    }
}
