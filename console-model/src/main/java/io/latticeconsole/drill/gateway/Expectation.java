package io.latticeconsole.drill.gateway;

import io.latticeconsole.drill.world.AcceleratorType;
import io.latticeconsole.drill.world.ModelSpec;
import io.latticeconsole.drill.world.NodeSpec;
import io.latticeconsole.drill.world.ServiceTimes;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Bands;

/// What is normal for a node now: from its class, its models and the requests it is given, never from the figures that
/// are
/// judged, and clamped by hard limits, so that a failing fleet cannot look normal.
final class Expectation {
    private static final double HEAT_SECONDS = 25;
    private static final double DECODE_WEIGHT = 0.85;

    private Expectation() {}

    /// Recomputes the bands after so many seconds.
    static void update(WorldSpec world, OwnNode node, double seconds) {
        NodeReport report = node.report;
        double[] load = new double[world.models().size()];
        double busy = 0;
        int accelerators = node.spec.nodeClass().count();
        if (report == null) {
            for (NodeSpec.Placed p : node.spec.replicas()) {
                ModelSpec model = world.models().get(p.model());
                busy += p.count()
                        * utilization(
                                model,
                                node,
                                0.45 * model.capacityOn(node.spec.nodeClass().type()));
            }
        } else {
            for (NodeReport.Replica r : report.replicas()) {
                OwnNode.Wanted wanted = node.wanted.get(r.code());
                if (wanted != null) {
                    load[wanted.model()] += r.requestsPerSecond();
                    busy += wanted.count()
                            * utilization(world.models().get(wanted.model()), node, r.requestsPerSecond());
                }
            }
        }
        double u = Math.min(1, busy / accelerators);
        AcceleratorType type = node.spec.nodeClass().type();
        double gpuWatts = type.idleWatts() + (type.tdpWatts() - type.idleWatts()) * 0.92 * Math.pow(u, 0.8);
        double watts = node.spec.nodeClass().hostWatts() + accelerators * gpuWatts;
        double inlet = world.sites().get(node.site).inletCelsius();
        double steady = inlet + 8 + 42 * gpuWatts / type.tdpWatts();
        double before = node.expectedTemperature;
        node.expectedTemperature =
                Double.isNaN(before) ? steady : before + (steady - before) * (1 - Math.exp(-seconds / HEAT_SECONDS));
        node.bands = new Bands(
                utilizationBand(u),
                temperatureBand(node.expectedTemperature, inlet),
                powerBand(watts, node),
                node.mainModel < 0 ? Band.NONE : latencyBand(world.models().get(node.mainModel), node));
    }

    /// Utilisation of a replica's accelerators at so many requests per second: prefill takes all of them, decode as
    /// much as
    /// the square root of the batch.
    static double utilization(ModelSpec model, OwnNode node, double requestsPerSecond) {
        ServiceTimes times = model.on(node.spec.nodeClass().type());
        double prefill = Math.min(1, requestsPerSecond * times.prefillMs(model.meanUncached()) / 1000);
        double batch = 1;
        for (int i = 0; i < 4; i++) {
            double stepMs = times.itlMs(batch) * (1 + 0.5 * prefill);
            batch = Math.min(model.maxBatch(), requestsPerSecond * model.meanGenerated() * stepMs / 1000);
        }
        double decode = model.meanGenerated() < 1 ? 0 : DECODE_WEIGHT * Math.sqrt(batch / model.maxBatch());
        return prefill + (1 - prefill) * decode;
    }

    private static Band utilizationBand(double u) {
        return new Band(Math.max(0, 0.6 * u - 0.07), Math.min(0.97, 1.35 * u + 0.1));
    }

    private static Band temperatureBand(double t, double inlet) {
        double room = 4 + 0.16 * (t - inlet);
        return new Band(t - room, Math.min(OwnNode.THROTTLE_CELSIUS - 3, t + room));
    }

    private static Band powerBand(double watts, OwnNode node) {
        double room = 15
                + 0.25 * (watts - node.spec.nodeClass().idleWatts())
                + 0.06 * node.spec.nodeClass().maxWatts();
        return new Band(
                Math.max(0.9 * node.spec.nodeClass().idleWatts(), watts - room),
                Math.min(node.spec.nodeClass().maxWatts(), watts + room));
    }

    private static Band latencyBand(ModelSpec model, OwnNode node) {
        ServiceTimes times = model.on(node.spec.nodeClass().type());
        double limit = model.objective().p95Limit().value();
        double ttft = times.prefillMs(model.meanContext());
        double step = times.itlMs(1);
        double low = switch (model.objective().metric()) {
            case TTFT -> times.prefillMs(model.meanContext() * 0.25);
            case TPOT -> 0.8 * step;
            case E2E -> 0.5 * (times.prefillMs(0) + 0.5 * model.meanGenerated() * step);
        };
        double high = switch (model.objective().metric()) {
            case TTFT -> Math.max(0.15 * limit, 4.5 * ttft);
            case TPOT -> 2.5 * times.itlMs(0.5 * model.maxBatch());
            case E2E -> Math.max(0.15 * limit, 3.5 * (ttft + model.meanGenerated() * step));
        };
        return new Band(Math.min(low, 0.3 * limit), Math.min(limit, high));
    }
}
