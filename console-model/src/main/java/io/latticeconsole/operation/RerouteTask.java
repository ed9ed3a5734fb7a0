package io.latticeconsole.operation;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteWeight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A reroute: the route as it was, the shares from which and to which it ramps, and how far it is.
public record RerouteTask(
        Step step,
        Route former,
        RouteMode mode,
        List<SiteWeight> from,
        List<SiteWeight> to,
        double rampPerSecond,
        @Nullable Duration expireAfter,
        boolean watchesObjective,
        Instant start,
        Instant lastStep,
        double share,
        @Nullable Instant brokenSince)
        implements Task {
    /// RAMP moves the share, HOLD keeps it until it expires or has proved itself.
    public enum Step {
        RAMP,
        HOLD,
        ROLLBACK
    }

    public RerouteTask {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /// From the observed or ordered shares of now; without a ramp in the specification at 5 % per second.
    public static RerouteTask of(Route former, List<SiteWeight> from, OperationSpec.Reroute spec, Instant now) {
        double ramp = spec.rampPerSecond() > 0 ? spec.rampPerSecond() : 0.05;
        return new RerouteTask(
                Step.RAMP,
                former,
                spec.mode(),
                from,
                spec.weights(),
                ramp,
                spec.expireAfter(),
                !spec.keepOnObjectiveBreak(),
                now,
                now,
                0,
                null);
    }

    @Override
    public List<NodeId> nodes() {
        return List.of();
    }

    @Override
    public Set<ReplicaId> replicas() {
        return Set.of();
    }

    @Override
    public boolean beforeStop() {
        return false;
    }

    RerouteTask at(Step next) {
        return new RerouteTask(
                next,
                former,
                mode,
                from,
                to,
                rampPerSecond,
                expireAfter,
                watchesObjective,
                start,
                lastStep,
                share,
                brokenSince);
    }

    RerouteTask moved(Instant now, double newShare) {
        return new RerouteTask(
                step,
                former,
                mode,
                from,
                to,
                rampPerSecond,
                expireAfter,
                watchesObjective,
                start,
                now,
                newShare,
                brokenSince);
    }

    RerouteTask broken(@Nullable Instant since) {
        return new RerouteTask(
                step,
                former,
                mode,
                from,
                to,
                rampPerSecond,
                expireAfter,
                watchesObjective,
                start,
                lastStep,
                share,
                since);
    }

    RerouteTask unwatched() {
        return new RerouteTask(
                step, former, mode, from, to, rampPerSecond, expireAfter, false, start, lastStep, share, null);
    }
}
