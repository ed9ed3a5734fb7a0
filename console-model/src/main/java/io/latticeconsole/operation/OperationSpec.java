package io.latticeconsole.operation;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteWeight;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator asks for. Absent durations and zero numbers mean the contract's defaults.
public sealed interface OperationSpec {
    /// Take nodes (or all nodes of sites) out of service without failing a request.
    record Drain(List<ResourceName> targets, @Nullable Duration deadline, DeadlinePolicy policy)
            implements OperationSpec {
        public Drain {
            targets = List.copyOf(targets);
        }
    }

    /// Bring drained or cordoned nodes back with a slow start.
    record Restore(List<ResourceName> targets, @Nullable Duration slowStart) implements OperationSpec {
        public Restore {
            targets = List.copyOf(targets);
        }
    }

    /// Set the weights of a route. `rampPerSecond` is the share moved per second, 0-1.
    record Reroute(
            RouteId route,
            String routeEtag,
            RouteMode mode,
            List<SiteWeight> weights,
            double rampPerSecond,
            @Nullable Duration expireAfter,
            boolean keepOnObjectiveBreak)
            implements OperationSpec {
        public Reroute {
            weights = List.copyOf(weights);
        }
    }

    /// Put a model version on nodes (none named: every node that has the model), canary first, behind a gate.
    /// `maxErrorRatio` is of the requests of the canaries themselves, `maxTtftFactor` times the TTFT p95 of the
    /// replicas they replace.
    record Redeploy(
            ModelId model,
            String version,
            List<NodeId> nodes,
            double canaryShare,
            @Nullable Duration bake,
            double maxErrorRatio,
            double maxTtftFactor,
            int maxSurge)
            implements OperationSpec {
        public Redeploy {
            nodes = List.copyOf(nodes);
        }
    }
}
