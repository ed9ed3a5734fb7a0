package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Computes what an operation would do: who takes the load, what has to be placed, which limits break. Pure: the same
/// state, load, specification and reservations give the same plan.
public final class Planner {
    private Planner() {}

    /// The plan of a specification; its name is left empty.
    ///
    /// @throws PlanRefused if the specification names something unknown or wrong
    public static Plan plan(
            LatticeState lattice, LoadView load, OperationSpec spec, Collection<Reservation> reservations) {
        return switch (spec) {
            case OperationSpec.Drain drain -> DrainPlanner.plan(lattice, load, drain, reservations);
            case OperationSpec.Restore restore -> RestorePlanner.plan(lattice, load, restore, reservations);
            case OperationSpec.Reroute reroute -> ReroutePlanner.plan(lattice, load, reroute, reservations);
            case OperationSpec.Redeploy redeploy -> RedeployPlanner.plan(lattice, load, redeploy, reservations);
        };
    }

    /// Models whose budget is broken once these nodes and replicas stop serving. What is ready now counts, and what is
    /// `promised`; `stopped` are nodes that other operations have just taken out.
    public static List<Violation> budgetsWithout(
            LatticeState lattice,
            LoadView load,
            Collection<NodeId> nodes,
            Collection<ReplicaId> replicas,
            Collection<NodeId> stopped,
            Collection<Placement> promised) {
        Set<ModelId> models = new TreeSet<>(Targets.models(lattice, nodes));
        replicas.forEach(r -> {
            var replica = lattice.replica(r);
            if (replica != null) {
                models.add(replica.model());
            }
        });
        var out = new TreeSet<NodeId>(stopped);
        out.removeAll(nodes);
        var f = new Forecast(lattice, load, models, List.of(new Reservation(Set.copyOf(out), List.of())));
        nodes.forEach(f::remove);
        promised.forEach(f::add);
        replicas.stream().filter(r -> !nodes.contains(r.node())).forEach(f::remove);
        return models.stream()
                .map(m -> lattice.models().get(m))
                .filter(Objects::nonNull)
                .map(m -> Findings.budget(f, m))
                .filter(Objects::nonNull)
                .toList();
    }

    /// The etags of what a plan rests on, by name.
    static List<Premise> premises(LatticeState lattice, Collection<? extends ResourceName> names) {
        var etags = new TreeMap<String, String>();
        for (ResourceName name : names) {
            LatticeObject object = lattice.object(name);
            etags.put(name.name(), object == null ? "" : object.etag());
        }
        return etags.entrySet().stream()
                .map(e -> new Premise(e.getKey(), e.getValue()))
                .toList();
    }

    /// SHA-256 over the specification and the premises, in hexadecimal.
    static String hash(OperationSpec spec, List<Premise> premises) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(spec.toString().getBytes(StandardCharsets.UTF_8));
            for (Premise p : premises) {
                digest.update(('\n' + p.resource() + ' ' + p.etag()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
