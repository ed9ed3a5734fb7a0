package io.latticeconsole.agent.gateway;

import io.latticeconsole.agent.discovery.Registration;
import io.latticeconsole.agent.discovery.Roster;
import io.latticeconsole.agent.node.Hardware;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.proto.v1.MachineAccelerator;
import io.latticeconsole.world.NodeClass;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes registrations nodes of a gateway. Gateway's lane.
final class DiscoveredNodes implements Roster.Lattice {
    private final WorldSpec world;
    private final MachineRoom room;
    private final Gateway gateway;
    private final Map<NodeId, String> configured = new HashMap<>();

    DiscoveredNodes(WorldSpec world, MachineRoom room, Gateway gateway) {
        this.world = world;
        this.room = room;
        this.gateway = gateway;
        world.nodes().forEach(n -> configured.put(n.id(), n.address()));
    }

    @Override
    public String objection(NodeId node) {
        return site(node) < 0 ? "is at a site that is none of this gateway's" : "";
    }

    private int site(NodeId node) {
        for (int s = 0; s < world.sites().size(); s++) {
            if (world.sites().get(s).region() == 0 && world.sites().get(s).id().equals(node.site())) {
                return s;
            }
        }
        return -1;
    }

    @Override
    public @Nullable String configured(NodeId node) {
        return configured.get(node);
    }

    @Override
    public void join(Registration r) {
        NodeId id = r.id();
        List<Integer> starting = new ArrayList<>();
        for (String code : r.replicas()) {
            int model = world.models().stream().map(m -> m.id().code()).toList().indexOf(code);
            if (model >= 0) {
                starting.add(model);
            } else {
                log(
                        "REPLICA_UNKNOWN",
                        Severity.MEDIUM,
                        id.name(),
                        id + " would start with " + code + ", which this gateway does not know");
            }
        }
        room.join(new NodeSpec(id, site(id), nodeClass(r), r.address(), 1, List.of()), starting);
    }

    private static NodeClass nodeClass(Registration r) {
        Registration.Accelerators a = r.accelerators();
        return a == null
                ? NodeClass.UNTOLD
                : Hardware.nodeClass(Collections.nCopies(
                                a.count(),
                                MachineAccelerator.newBuilder()
                                        .setProduct(a.product())
                                        .setMemoryBytes(a.memoryBytes())
                                        .setPowerLimitWatts(a.powerLimitWatts())
                                        .setProcessors(a.processors())
                                        .build()))
                        .orElse(NodeClass.UNTOLD);
    }

    @Override
    public void leave(NodeId node) {
        room.leave(node);
    }

    @Override
    public boolean isDown(NodeId id) {
        Node node = gateway.state().nodes().get(id);
        return node == null || node.health() == Health.DOWN;
    }

    @Override
    public void log(String type, Severity severity, String subject, String message) {
        gateway.log(type, severity, subject, message, "", "");
    }
}
