package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SlowWatcherTest {
    private static final int NODES = 2000;

    @Test
    void aWatcherThatDidNotReadGetsTheNewestSamplesWhenItReadsOn() throws Exception {
        try (Served served = new Served(NODES);
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            int published = 200;
            for (int i = 1; i <= published; i++) {
                served.gateway.publish(SmallLattice.samples(NODES, SmallLattice.START.plusSeconds(i), i));
                waitUntilEncoded(served);
                assertTrue(served.server.samplesWaiting() <= 1, "more than one batch waits");
            }
            List<Float> seen = new ArrayList<>();
            do {
                Samples samples = watch.samples();
                assertTrue(seen.isEmpty() || samples.getUtilization(0) > seen.getLast(), "samples came out of order");
                seen.add(samples.getUtilization(0));
            } while (seen.getLast() < published);
            assertTrue(
                    seen.size() < published / 4,
                    seen.size() + " of " + published + " batches were held for a watcher that did not read");
        }
    }

    @Test
    void aRecorderGetsEveryBatch() throws Exception {
        try (Served served = new Served(100);
                WatchReader watch = served.watch().begin(recorder())) {
            watch.snapshot();
            for (int i = 1; i <= 300; i++) {
                served.gateway.publish(SmallLattice.samples(100, SmallLattice.START.plusSeconds(i), i));
            }
            for (int i = 1; i <= 300; i++) {
                assertEquals(i, watch.samples().getUtilization(0));
            }
        }
    }

    @Test
    void aRecorderThatDoesNotReadIsEnded() throws Exception {
        try (Served served = new Served(NODES);
                WatchReader watch = served.watch().begin(recorder())) {
            watch.snapshot();
            for (int i = 1; i <= 200; i++) {
                served.gateway.publish(SmallLattice.samples(NODES, SmallLattice.START.plusSeconds(i), i));
            }
            waitUntilEncoded(served);
            assertSlow(watch.end());
        }
    }

    @Test
    void aWatcherTooManyDeltasBehindIsEndedAndOthersGoOn() throws Exception {
        EndpointLimits limits =
                new EndpointLimits(EndpointLimits.DEFAULT.ringSpan(), 16 << 20, 100, 1 << 20, 50, 1 << 20, 16, 16);
        try (Served served = new Served(new ScriptedGateway(NODES), limits);
                WatchReader slow = served.watch().begin();
                WatchReader quick = served.watch().begin()) {
            slow.snapshot();
            quick.snapshot();
            var facts = new ArrayList<io.latticeconsole.endpoint.Fact>();
            for (int revision = 2; revision <= 120; revision++) {
                facts.clear();
                for (int node = 0; node < 400; node++) {
                    facts.add(SmallLattice.changed(SmallLattice.node(node, AdminState.SERVING, Health.UP, revision)));
                }
                served.gateway.publish(facts.toArray(io.latticeconsole.endpoint.Fact[]::new));
                assertEquals(revision, quick.delta().getRevision());
            }
            assertSlow(slow.end());
            assertEquals(0, served.server.failures());
        }
    }

    @Test
    void samplesComeNoOftenerThanAskedFor() throws Exception {
        try (Served served = new Served(100);
                WatchReader watch = served.watch()
                        .begin(WatchLatticeRequest.newBuilder()
                                .setMinSampleIntervalSeconds(1000)
                                .build())) {
            watch.snapshot();
            served.gateway.publish(SmallLattice.samples(100, SmallLattice.START, 1));
            assertEquals(1, watch.samples().getUtilization(0));
            for (int i = 2; i <= 20; i++) {
                served.gateway.publish(SmallLattice.samples(100, SmallLattice.START.plusSeconds(i), i));
            }
            served.gateway.publish(SmallLattice.event(1, "after them"));
            assertTrue(watch.next(u -> !u.hasHeartbeat()).hasDelta());
            assertTrue(watch.next().hasHeartbeat(), "a batch came before its time");
        }
    }

    /// Waits for the batch to have gone through the lane, by a call that is answered on it.
    private static void waitUntilEncoded(Served served) {
        var lattice = served.lattice.getLattice(io.latticeconsole.proto.v1.GetLatticeRequest.getDefaultInstance());
        assertEquals(served.server.epoch(), lattice.getEpoch());
    }

    private static WatchLatticeRequest recorder() {
        return WatchLatticeRequest.newBuilder().setWithoutConflation(true).build();
    }

    private static void assertSlow(Throwable end) {
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, Status.fromThrowable(end).getCode());
        assertEquals("SLOW_READER", Failures.detail(end, ErrorInfo.class).getReason());
    }
}
