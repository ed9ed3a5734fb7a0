package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.ClientRequest;
import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.WorldSpec;

/// Requests of a trace, dealt to regions: lengths and the rhythm of arrivals are the trace's, stretched or
/// pressed so that the mean rate is the one asked for; each region starts at its own place in it and goes
/// round. They go to the chat models by their share.
final class TraceSource {
    private final Trace trace;
    private final int[] position;
    private final RandomStream[] models;
    private final double chatShare70;

    TraceSource(Trace trace, WorldSpec world) {
        this.trace = trace;
        int regions = world.regions().size();
        position = new int[regions];
        models = new RandomStream[regions];
        for (int r = 0; r < regions; r++) {
            position[r] = (int) ((long) r * trace.size() / regions);
            models[r] = new RandomStream(world.seed(), "trace", r);
        }
        double large = world.models().get(0).mix();
        double small = world.models().get(1).mix();
        chatShare70 = large / (large + small);
    }

    /// Time to the region's next request.
    long gapNanos(int region, double perSecond) {
        double gap = trace.gapSeconds(position[region]) * trace.meanRate() / perSecond;
        return (long) (gap * 1e9);
    }

    ClientRequest next(int region, long now) {
        int i = position[region];
        position[region] = (i + 1) % trace.size();
        int model = models[region].nextDouble() < chatShare70 ? 0 : 1;
        return new ClientRequest(model, trace.contextTokens(i), trace.generatedTokens(i), -1, now);
    }
}
