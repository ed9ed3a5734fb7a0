package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Band;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.Heat;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.ServiceTimes;
import io.latticeconsole.world.UsualLoad;
import io.latticeconsole.world.WorldSpec;

/// What is normal for a node now: from its class, its models and the requests it is given, never from the
/// figures that are judged, and clamped by hard limits, so that a failing fleet cannot look normal. Of a machine whose
/// power is not known only the latency is expected.
final class Expectation {
    private Expectation() {}

    /// Recomputes the bands after so many seconds.
    static void update(WorldSpec world, OwnNode node, double seconds) {
        NodeReport report = node.report;
        int accelerators = node.nodeClass.count();
        AcceleratorType type = node.nodeClass.type();
        Band latency =
                node.mainModel < 0 ? Band.NONE : latencyBand(world.models().get(node.mainModel), node);
        if (!type.hasPower()) {
            node.bands = new Bands(Band.NONE, Band.NONE, Band.NONE, latency);
            return;
        }
        double u = report == null ? node.usualUtilization : Math.min(1, busy(world, node, report) / accelerators);
        double gpuWatts = Heat.watts(type, u, 1);
        double watts = node.nodeClass.hostWatts() + accelerators * gpuWatts;
        double inlet = world.sites().get(node.site).inletCelsius();
        double steady = Heat.steadyCelsius(inlet, gpuWatts / type.tdpWatts());
        double before = node.expectedTemperature;
        node.expectedTemperature = Double.isNaN(before) ? steady : Heat.after(before, steady, seconds);
        node.bands = new Bands(
                utilizationBand(u), temperatureBand(node.expectedTemperature, inlet), powerBand(watts, node), latency);
    }

    /// Accelerators' worth of work that the requests of the last report are.
    private static double busy(WorldSpec world, OwnNode node, NodeReport report) {
        double busy = 0;
        for (NodeReport.Replica r : report.replicas()) {
            OwnNode.Wanted wanted = node.wanted.get(r.code());
            if (wanted != null) {
                ModelSpec model = world.models().get(wanted.model());
                AcceleratorType type = node.nodeClass.type();
                busy += wanted.count() * UsualLoad.utilization(model, type, r.requestsPerSecond());
            }
        }
        return busy;
    }

    private static Band utilizationBand(double u) {
        return new Band(Math.max(0, 0.6 * u - 0.07), Math.min(0.97, 1.35 * u + 0.1));
    }

    private static Band temperatureBand(double t, double inlet) {
        double room = 4 + 0.16 * (t - inlet);
        return new Band(t - room, Math.min(OwnNode.THROTTLE_CELSIUS - 3, t + room));
    }

    private static Band powerBand(double watts, OwnNode node) {
        double room = 15 + 0.25 * (watts - node.nodeClass.idleWatts()) + 0.06 * node.nodeClass.maxWatts();
        return new Band(
                Math.max(0.9 * node.nodeClass.idleWatts(), watts - room),
                Math.min(node.nodeClass.maxWatts(), watts + room));
    }

    private static Band latencyBand(ModelSpec model, OwnNode node) {
        ServiceTimes times = model.on(node.nodeClass.type());
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
