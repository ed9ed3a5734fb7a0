package io.latticeconsole.drill.bench;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;

/// How a [Workload]'s nodes and links are named on the wire: node 123 of site 4 is
/// `regions/bench/sites/s4/nodes/n123`, and a link from node 123 to node 4567 of site 9 is the network path
/// `regions/bench/sites/s4/paths/n123-n4567` to site `regions/bench/sites/s9`.
public final class WorkloadNames {
    public static final RegionId REGION = new RegionId("regions/bench");
    public static final GatewayId GATEWAY = new GatewayId("gateways/bench");
    public static final ModelId MODEL = new ModelId("models/bench");

    private WorkloadNames() {}

    public static SiteId site(int site) {
        return new SiteId(REGION + "/sites/s" + site);
    }

    public static NodeId node(Workload workload, int node) {
        return new NodeId(site(workload.site(node)) + "/nodes/n" + node);
    }

    static PathId link(Workload workload, int link) {
        int from = workload.from(link);
        return new PathId(site(workload.site(from)) + "/paths/n" + from + "-n" + workload.to(link));
    }

    /// The workload's number of a node, from its name.
    public static int number(NodeId node) {
        return Integer.parseInt(node.code().substring(1));
    }

    /// The workload's numbers of the two nodes that a path links.
    public static int[] ends(PathId path) {
        int dash = path.code().indexOf('-');
        return new int[] {
            Integer.parseInt(path.code().substring(1, dash)),
            Integer.parseInt(path.code().substring(dash + 2))
        };
    }
}
