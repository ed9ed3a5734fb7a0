package io.latticeconsole.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplesCodecTest {
    private static SampleBatch batch(long seed, int rows) {
        Random random = new Random(seed);
        int[] index = random.ints(rows, 0, 10_000).toArray();
        float[][] columns = new float[Metric.COUNT][];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new float[random.nextInt(5) == 0 ? 0 : rows];
            for (int i = 0; i < columns[c].length; i++) {
                columns[c][i] = random.nextInt(10) == 0 ? Float.NaN : random.nextFloat();
            }
        }
        float[] low = new float[4 * rows];
        float[] high = new float[4 * rows];
        for (int i = 0; i < low.length; i++) {
            low[i] = random.nextFloat() / 2;
            high[i] = low[i] + random.nextFloat() / 2;
        }
        FlowSample flow = new FlowSample(
                new RouteId("regions/eu/routes/chat-70b"),
                new SiteId("regions/eu/sites/par-1"),
                new PerSecond(random.nextInt(100)),
                new Millis(random.nextInt(100)),
                new Ratio(0.25));
        int[] counts = new int[LatencyHistogram.BUCKETS];
        counts[random.nextInt(counts.length)] = 7;
        int[] perToken = new int[LatencyHistogram.BUCKETS];
        perToken[random.nextInt(perToken.length)] = 5;
        ModelSummary model = new ModelSummary(
                new ModelId("models/chat-70b"),
                new LatencyHistogram(counts),
                new LatencyHistogram(counts),
                new LatencyHistogram(perToken),
                10,
                new PerSecond(3),
                new PerSecond(2),
                new PerSecond(1),
                new PerSecond(300));
        return new SampleBatch(
                "e1",
                Instant.ofEpochSecond(5, 6),
                Instant.ofEpochSecond(7, 8),
                9,
                index,
                columns,
                low,
                high,
                List.of(flow, flow),
                List.of(model),
                new LedgerTotals(10, 4, 3, 2, 0, 1, 5, 6, 7));
    }

    private static void assertSame(SampleBatch expected, SampleBatch actual) {
        assertEquals(expected.epoch(), actual.epoch());
        assertEquals(expected.latticeTime(), actual.latticeTime());
        assertEquals(expected.wallTime(), actual.wallTime());
        assertEquals(expected.nodeTableRevision(), actual.nodeTableRevision());
        assertArrayEquals(expected.nodeIndex(), actual.nodeIndex());
        assertTrue(Arrays.deepEquals(expected.columns(), actual.columns()));
        assertArrayEquals(expected.expectedLow(), actual.expectedLow());
        assertArrayEquals(expected.expectedHigh(), actual.expectedHigh());
        assertEquals(expected.flows(), actual.flows());
        assertEquals(expected.ledger(), actual.ledger());
        assertEquals(expected.models().size(), actual.models().size());
        for (int i = 0; i < expected.models().size(); i++) {
            ModelSummary a = expected.models().get(i);
            ModelSummary b = actual.models().get(i);
            assertArrayEquals(a.ttft().counts(), b.ttft().counts());
            assertArrayEquals(a.e2e().counts(), b.e2e().counts());
            assertArrayEquals(a.tpot().counts(), b.tpot().counts());
            assertEquals(a.model(), b.model());
            assertEquals(a.tokens(), b.tokens());
        }
    }

    @Test
    void everyBatchComesBackAsItWasThroughItsBytes() throws InvalidProtocolBufferException {
        for (int seed = 0; seed < 200; seed++) {
            SampleBatch batch = batch(seed, seed % 50);
            Samples read = Samples.parseFrom(SamplesToProto.samples(batch).toByteArray());
            DecodedSamples decoded = SamplesFromProto.samples(read);
            assertSame(batch, decoded.batch());
            assertEquals(0, decoded.outOfRange());
        }
    }

    @Test
    void aFullBatchOf10000RowsFitsAMessage() {
        assertTrue(SamplesToProto.samples(batch(1, 10_000)).getSerializedSize() < 1 << 20);
    }

    @Test
    void whatCannotBeIsNoReadingAndIsCounted() {
        Samples samples = SamplesToProto.samples(batch(1, 3)).toBuilder()
                .clearUtilization()
                .addUtilization(1.7f)
                .addUtilization(-0.2f)
                .addUtilization(0.5f)
                .clearTemperatureCelsius()
                .addTemperatureCelsius(9e18f)
                .addTemperatureCelsius(55)
                .addTemperatureCelsius(Float.NaN)
                .clearPowerWatts()
                .addPowerWatts(-3)
                .addPowerWatts(Float.POSITIVE_INFINITY)
                .addPowerWatts(300)
                .build();
        DecodedSamples decoded = SamplesFromProto.samples(samples);
        assertEquals(5, decoded.outOfRange());
        float[][] columns = decoded.batch().columns();
        assertArrayEquals(new float[] {Float.NaN, Float.NaN, 0.5f}, columns[Metric.UTILIZATION.column()]);
        assertArrayEquals(new float[] {Float.NaN, 55, Float.NaN}, columns[Metric.TEMPERATURE_CELSIUS.column()]);
        assertArrayEquals(new float[] {Float.NaN, Float.NaN, 300}, columns[Metric.POWER_WATTS.column()]);
    }

    @Test
    void columnsOfAnotherLengthAreRefused() {
        Samples samples = SamplesToProto.samples(batch(1, 3));
        Samples shortColumn =
                samples.toBuilder().clearQueueDepth().addQueueDepth(1).build();
        MalformedMessage e = assertThrows(MalformedMessage.class, () -> SamplesFromProto.samples(shortColumn));
        assertEquals(
                "Samples.queue_depth: found 1 values, expected 3 values, one for each of node_index", e.getMessage());
        Samples shortBand =
                samples.toBuilder().clearExpectedLow().addExpectedLow(1).build();
        assertEquals(
                "Samples.expected_low",
                assertThrows(MalformedMessage.class, () -> SamplesFromProto.samples(shortBand))
                        .path());
    }

    @Test
    void indexesThatCannotBeAreRefused() {
        Samples samples = SamplesToProto.samples(batch(1, 3));
        Samples negative = samples.toBuilder().setNodeIndex(2, -1).build();
        assertEquals(
                "Samples.node_index[2]: found 4294967295, expected 0 to 1000000",
                assertThrows(MalformedMessage.class, () -> SamplesFromProto.samples(negative))
                        .getMessage());
        var flows = samples.getFlows().toBuilder().setSiteIndex(0, 5);
        Samples badFlow = samples.toBuilder().setFlows(flows).build();
        assertEquals(
                "Samples.flows.site_index",
                assertThrows(MalformedMessage.class, () -> SamplesFromProto.samples(badFlow))
                        .path());
    }

    @Test
    void aDamagedBatchIsReadOrRefusedAndNothingElse() {
        Random damage = new Random(3);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = SamplesToProto.samples(batch(i, 8)).toByteArray();
            for (int flips = 1 + damage.nextInt(6); flips > 0; flips--) {
                bytes[damage.nextInt(bytes.length)] ^= (byte) (1 << damage.nextInt(8));
            }
            try {
                for (float[] column : SamplesFromProto.samples(Samples.parseFrom(bytes))
                        .batch()
                        .columns()) {
                    for (float value : column) {
                        assertTrue(Float.isNaN(value) || Math.abs(value) <= 1e9f);
                    }
                }
            } catch (MalformedMessage | InvalidProtocolBufferException e) {
                refused++;
            }
        }
        assertTrue(refused > 500, "refused only " + refused);
    }
}
