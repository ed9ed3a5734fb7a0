package io.latticeconsole.telemetry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One batch of columns from one endpoint; `columns[metric.column()]` is as long as `nodeIndex`, or empty where
/// the batch has no such column; NaN is no reading. `expectedLow` and `expectedHigh` hold four values per node
/// (utilization, temperature, power, latency) or are empty. The arrays belong to the batch and are not changed
/// after it was made.
@SuppressWarnings("ArrayRecordComponent") // columns by index: boxing 10,000 rows a second is what this type avoids
public record SampleBatch(
        String epoch,
        Instant latticeTime,
        Instant wallTime,
        long nodeTableRevision,
        int[] nodeIndex,
        float[][] columns,
        float[] expectedLow,
        float[] expectedHigh,
        List<FlowSample> flows,
        List<ModelSummary> models,
        @Nullable LedgerTotals ledger) {}
