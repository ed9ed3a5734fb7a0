package io.latticeconsole.server;

import io.latticeconsole.codec.SamplesToProto;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A batch of samples as one message, or as several of the same times where one would be longer than the contract
/// allows: rows and flows are dealt out evenly, the rest goes with the first.
final class SampleFrames {
    private static final int FLOW_BYTES = 17;

    private SampleFrames() {}

    /// The batch under an epoch and the node-table revision that its indexes belong to.
    static List<Frame> of(SampleBatch batch, String epoch, long nodeTableRevision) {
        int rows = batch.nodeIndex().length;
        int parts = Math.max(1, Math.ceilDiv(estimate(batch), EndpointLimits.FILL_BYTES));
        List<Frame> frames = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            SampleBatch slice = slice(
                    batch,
                    epoch,
                    nodeTableRevision,
                    new Range(rows * part / parts, rows * (part + 1) / parts),
                    batch.flows()
                            .subList(
                                    batch.flows().size() * part / parts,
                                    batch.flows().size() * (part + 1) / parts),
                    part == 0);
            frames.add(Frame.of(LatticeUpdate.newBuilder()
                    .setSamples(SamplesToProto.samples(slice))
                    .build()));
        }
        return frames;
    }

    private static int estimate(SampleBatch batch) {
        int bytes = batch.nodeIndex().length * 3;
        for (float[] column : batch.columns()) {
            bytes += column.length * Float.BYTES;
        }
        bytes += (batch.expectedLow().length + batch.expectedHigh().length) * Float.BYTES;
        return bytes + batch.flows().size() * FLOW_BYTES;
    }

    private static SampleBatch slice(
            SampleBatch batch, String epoch, long table, Range rows, List<FlowSample> flows, boolean first) {
        float[][] columns = new float[batch.columns().length][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.of(batch.columns()[i], 1);
        }
        List<ModelSummary> models = first ? batch.models() : List.of();
        return new SampleBatch(
                epoch,
                batch.latticeTime(),
                batch.wallTime(),
                table,
                Arrays.copyOfRange(batch.nodeIndex(), rows.from(), rows.to()),
                columns,
                rows.of(batch.expectedLow(), 4),
                rows.of(batch.expectedHigh(), 4),
                flows,
                models,
                first ? batch.ledger() : null);
    }

    private record Range(int from, int to) {
        /// The same rows of a column with `width` values per row, or nothing of a column that is absent.
        float[] of(float[] column, int width) {
            return column.length == 0 ? column : Arrays.copyOfRange(column, from * width, to * width);
        }
    }
}
