package io.latticeconsole.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A lattice that is told when it is.
@Timeout(90)
class StartTest {
    private static final Instant START = Instant.parse("2026-03-01T06:30:00.250Z");

    private static DrillOptions options(long seed) {
        return new DrillOptions(12, seed, 60, null, "127.0.0.1", 0).startingAt(START);
    }

    /// What a gateway tells in its first seconds, by seconds of lattice time since its start.
    private static Map<Long, Samples> firstSeconds(DrillLattice drill) throws InterruptedException {
        ManagedChannel channel = NettyChannelBuilder.forTarget(drill.addresses().getFirst())
                .usePlaintext()
                .build();
        try {
            Iterator<LatticeUpdate> updates = LatticeServiceGrpc.newBlockingStub(channel)
                    .watchLattice(WatchLatticeRequest.newBuilder()
                            .setWithoutConflation(true)
                            .build());
            Map<Long, Samples> seen = new TreeMap<>();
            while (!seen.containsKey(6L)) {
                LatticeUpdate update = updates.next();
                if (update.hasSamples()) {
                    Samples samples = update.getSamples();
                    seen.put(
                            samples.getLatticeTime().getSeconds() - START.getEpochSecond(),
                            samples.toBuilder().clearEpoch().clearWallTime().build());
                }
            }
            return seen;
        } finally {
            channel.shutdownNow();
            channel.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void theSameSeedAndStartGiveTheSameRun() throws Exception {
        try (DrillLattice one = DrillLattice.start(options(4));
                DrillLattice same = DrillLattice.start(options(4));
                DrillLattice other = DrillLattice.start(options(5))) {
            Map<Long, Samples> expected = firstSeconds(one);
            Map<Long, Samples> found = firstSeconds(same);
            Map<Long, Samples> different = firstSeconds(other);
            expected.keySet().retainAll(found.keySet());
            assertTrue(expected.size() >= 2, () -> "only the seconds " + expected.keySet() + " were heard of both");
            expected.forEach((second, samples) -> assertEquals(samples, found.get(second)));
            assertNotEquals(expected.get(6L), different.get(6L), "another seed");
        }
    }

    @Test
    void aStartBeyondAllTimesIsRefused() {
        for (Instant at : new Instant[] {Instant.MIN, Instant.parse("1969-12-31T23:59:59Z"), Instant.MAX}) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> DrillOptions.aurora(1).startingAt(at));
            assertTrue(e.toString().contains("a lattice starts from 1970"), e::toString);
        }
    }
}
