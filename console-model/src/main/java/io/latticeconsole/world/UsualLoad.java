package io.latticeconsole.world;

/// How busy a lattice's machines are at the load it is offered, when every region serves itself and replicas of a model
/// share its requests by what they can serve. Pure; what a lattice starts from.
public final class UsualLoad {
    private static final double DECODE_WEIGHT = 0.85;

    private final WorldSpec world;
    private final double[] share;

    public UsualLoad(WorldSpec world) {
        this.world = world;
        int models = world.models().size();
        double[] capacity = new double[world.regions().size() * models];
        for (int i = 0; i < world.nodes().size(); i++) {
            NodeSpec node = world.nodes().get(i);
            for (NodeSpec.Placed p : node.replicas()) {
                capacity[world.regionOf(i) * models + p.model()] += capacity(node, p);
            }
        }
        share = new double[capacity.length];
        for (int i = 0; i < share.length; i++) {
            double offered = world.requestsPerSecond()
                    * world.regions().get(i / models).share()
                    * world.models().get(i % models).mix();
            share[i] = capacity[i] > 0 ? Math.min(1, offered / capacity[i]) : 0;
        }
    }

    private double capacity(NodeSpec node, NodeSpec.Placed replica) {
        return world.models().get(replica.model()).capacityOn(node.nodeClass().type());
    }

    /// Requests per second of one of a node's first replicas. @param node index in the world
    public double requestsPerSecond(int node, NodeSpec.Placed replica) {
        double load = share[world.regionOf(node) * world.models().size() + replica.model()];
        return load * capacity(world.nodes().get(node), replica);
    }

    /// Mean utilisation of a node's accelerators, 0 to 1. @param node index in the world
    public double utilization(int node) {
        NodeClass machine = world.nodes().get(node).nodeClass();
        double busy = 0;
        for (NodeSpec.Placed p : world.nodes().get(node).replicas()) {
            ModelSpec model = world.models().get(p.model());
            busy += p.count() * utilization(model, machine.type(), requestsPerSecond(node, p));
        }
        return Math.min(1, busy / machine.count());
    }

    /// Utilisation of a replica's accelerators at so many requests per second: prefill takes all of them, decode as
    /// much as the square root of the batch.
    public static double utilization(ModelSpec model, AcceleratorType type, double requestsPerSecond) {
        ServiceTimes times = model.on(type);
        double prefill = Math.min(1, requestsPerSecond * times.prefillMs(model.meanUncached()) / 1000);
        double batch = 1;
        for (int i = 0; i < 4; i++) {
            double stepMs = times.itlMs(batch) * (1 + 0.5 * prefill);
            batch = Math.min(model.maxBatch(), requestsPerSecond * model.meanGenerated() * stepMs / 1000);
        }
        double decode = model.meanGenerated() < 1 ? 0 : DECODE_WEIGHT * Math.sqrt(batch / model.maxBatch());
        return prefill + (1 - prefill) * decode;
    }
}
