package io.latticeconsole.telemetry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one ingress last said of its requests: flows, models and ledger; `heard` is the console's wall time,
/// `latticeTime` and `wallTime` are the sender's.
public record Traffic(
        Instant heard,
        Instant latticeTime,
        Instant wallTime,
        List<FlowSample> flows,
        List<ModelSummary> models,
        @Nullable LedgerTotals ledger) {
    public Traffic {
        flows = List.copyOf(flows);
        models = List.copyOf(models);
    }

    static Traffic of(SampleBatch batch, Instant heard) {
        return new Traffic(heard, batch.latticeTime(), batch.wallTime(), batch.flows(), batch.models(), batch.ledger());
    }

    /// Takes in what another batch said: the rest of the same one where a message had to be cut, or else a newer one.
    Traffic then(Traffic next) {
        if (!next.latticeTime.equals(latticeTime) || !next.wallTime.equals(wallTime)) {
            return next;
        }
        List<FlowSample> allFlows = new ArrayList<>(flows);
        allFlows.addAll(next.flows);
        List<ModelSummary> allModels = new ArrayList<>(models);
        allModels.addAll(next.models);
        return new Traffic(
                next.heard, latticeTime, wallTime, allFlows, allModels, next.ledger == null ? ledger : next.ledger);
    }
}
