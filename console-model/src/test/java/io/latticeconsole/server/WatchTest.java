package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.Delta;
import io.latticeconsole.proto.v1.Heartbeat;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.Resume;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.proto.v1.SnapshotPart;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchTest {
    @Test
    void snapshotOfALargeLatticeComesInPartsBelowTheLimitAtOneRevision() throws Exception {
        try (Served served = new Served(5000);
                WatchReader watch = served.watch().begin()) {
            List<SnapshotPart> parts = watch.snapshot();

            assertTrue(parts.size() > 1, "one part only");
            Set<Long> revisions = new HashSet<>();
            Set<String> nodes = new HashSet<>();
            for (SnapshotPart part : parts) {
                assertTrue(part.getSerializedSize() < EndpointLimits.MAX_MESSAGE_BYTES);
                revisions.add(part.getRevision());
                part.getObjectsList().stream()
                        .filter(Change::hasNode)
                        .forEach(c -> nodes.add(c.getNode().getName()));
            }
            assertEquals(Set.of(1L), revisions);
            assertEquals(5000, nodes.size());
            assertTrue(parts.getFirst().getFirst() && !parts.getFirst().getLast());
            assertTrue(parts.getFirst().getObjects(0).hasLattice(), "the endpoint comes first");
            assertEquals(
                    served.server.epoch(),
                    parts.getFirst().getObjects(0).getLattice().getEpoch());
        }
    }

    @Test
    void deltasFollowOneByOneInTheOrderOfFacts() throws Exception {
        try (Served served = new Served(20);
                WatchReader watch = served.watch().begin()) {
            long revision = watch.snapshot().getLast().getRevision();
            for (int i = 1; i <= 50; i++) {
                served.gateway.publish(
                        SmallLattice.changed(SmallLattice.node(3, AdminState.SERVING, Health.SUSPECT, i)),
                        SmallLattice.event(i, "number " + i));
            }
            for (int i = 1; i <= 50; i++) {
                Delta delta = watch.delta();
                assertEquals(revision + i, delta.getRevision());
                assertEquals("v" + i, delta.getChanges(0).getNode().getEtag());
                assertEquals(i, delta.getEvents(0).getEventSeq());
                assertEquals(1, delta.getNodeTableRevision(), "the set of nodes has not changed");
            }
        }
    }

    @Test
    void manyFactsOfOneTickAreSplitIntoDeltasBelowTheLimit() throws Exception {
        try (Served served = new Served(10);
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            served.gateway.publish(SmallLattice.facts(6000).toArray(io.latticeconsole.endpoint.Fact[]::new));
            Set<String> nodes = new HashSet<>();
            long revision = 1;
            long table = 0;
            while (nodes.size() < 6000) {
                Delta delta = watch.delta();
                assertEquals(++revision, delta.getRevision());
                assertTrue(delta.getSerializedSize() < EndpointLimits.MAX_MESSAGE_BYTES);
                delta.getChangesList().stream()
                        .filter(Change::hasNode)
                        .forEach(c -> nodes.add(c.getNode().getName()));
                table = delta.getNodeTableRevision();
            }
            assertTrue(revision > 2, "it was one delta");
            served.gateway.publish(SmallLattice.samples(6000, SmallLattice.START, 1));
            Samples samples = watch.samples();
            assertEquals(table, samples.getNodeTableRevision(), "samples name the table they need");
        }
    }

    @Test
    void whoBeginsToWatchGetsTheNewestSamplesWithTheSnapshot() throws Exception {
        try (Served served = new Served(20)) {
            try (WatchReader first = served.watch().begin()) {
                first.snapshot();
                served.gateway.publish(SmallLattice.samples(20, SmallLattice.START, 1));
                served.gateway.publish(SmallLattice.samples(20, SmallLattice.START.plusSeconds(1), 2));
                while (first.samples().getUtilization(0) != 2) {
                    // the first batch may be conflated with the second or not
                }
            }
            try (WatchReader second = served.watch().begin()) {
                second.snapshot();
                assertEquals(2, second.samples().getUtilization(0), "nothing was published since");
            }
        }
    }

    @Test
    void aBrokenStreamGoesOnWhereItWas() throws Exception {
        try (Served served = new Served(20)) {
            SnapshotPart last;
            try (WatchReader first = served.watch().begin()) {
                last = first.snapshot().getLast();
                served.gateway.publish(SmallLattice.event(1, "seen"));
                assertEquals(2, first.delta().getRevision());
            }
            for (int i = 2; i <= 9; i++) {
                served.gateway.publish(SmallLattice.event(i, "missed"));
            }
            try (WatchReader second = served.watch().begin(resume(last.getEpoch(), 2))) {
                for (int i = 3; i <= 10; i++) {
                    LatticeUpdate update = second.next();
                    assertTrue(update.hasDelta(), "not a delta but " + update.getUpdateCase());
                    assertEquals(i, update.getDelta().getRevision());
                }
            }
        }
    }

    /// The clock is run by hand: an operator's machine sleeps for ten minutes while something happens each second.
    @Test
    void whoWasAwayForTenMinutesGoesOnWithDeltas() throws Exception {
        AtomicReference<Instant> wall = new AtomicReference<>(SmallLattice.START);
        try (Served served = new Served(new ScriptedGateway(20), EndpointLimits.DEFAULT, wall::get)) {
            SnapshotPart last;
            try (WatchReader first = served.watch().begin()) {
                last = first.snapshot().getLast();
            }
            happen(served, wall, 1, 600);
            WatchLatticeRequest asked = resume(last.getEpoch(), last.getRevision());
            try (WatchReader back = served.watch().begin(asked)) {
                for (int i = 1; i <= 600; i++) {
                    LatticeUpdate update = back.next(u -> !u.hasHeartbeat());
                    assertTrue(update.hasDelta(), "not a delta but " + update.getUpdateCase());
                    assertEquals(last.getRevision() + i, update.getDelta().getRevision());
                    assertEquals(i, update.getDelta().getEvents(0).getEventSeq());
                }
            }
            happen(served, wall, 601, 600);
            try (WatchReader tooLate = served.watch().begin(asked)) {
                assertEquals(
                        last.getRevision() + 1200, tooLate.snapshot().getLast().getRevision());
            }
        }
    }

    private static void happen(Served served, AtomicReference<Instant> wall, int first, int count) {
        for (int i = first; i < first + count; i++) {
            wall.set(SmallLattice.START.plusSeconds(i));
            served.gateway.publish(SmallLattice.event(i, "while nobody looked"));
        }
    }

    @Test
    void whatCannotBeResumedGetsASnapshot() throws Exception {
        EndpointLimits tiny =
                new EndpointLimits(EndpointLimits.DEFAULT.ringSpan(), 300, 100, 1 << 20, 4096, 1 << 20, 16, 16);
        try (Served served = new Served(new ScriptedGateway(20), tiny)) {
            for (int i = 1; i <= 20; i++) {
                served.gateway.publish(SmallLattice.event(i, "long gone"));
            }
            String epoch = served.server.epoch();
            for (WatchLatticeRequest request :
                    List.of(resume("of-another-run", 20), resume(epoch, 2), resume(epoch, 9999))) {
                try (WatchReader watch = served.watch().begin(request)) {
                    assertEquals(21, watch.snapshot().getLast().getRevision());
                }
            }
        }
    }

    /// A fact that cannot be told (an event number that was given out before) must not leave watchers with a state that
    /// differs from the owner's: their streams end, and the snapshot that they then take has what was applied.
    @Test
    void whatCannotBeToldAsADeltaForcesAResync() throws Exception {
        try (Served served = new Served(20);
                WatchReader watch = served.watch().begin()) {
            SnapshotPart last = watch.snapshot().getLast();
            served.gateway.publish(SmallLattice.event(1, "fine"));
            assertEquals(2, watch.delta().getRevision());
            served.gateway.publish(
                    SmallLattice.changed(SmallLattice.node(3, AdminState.DRAINED, Health.UP, 9)),
                    SmallLattice.event(1, "this number again"));
            assertEquals(
                    Status.Code.UNAVAILABLE, Status.fromThrowable(watch.end()).getCode());
            try (WatchReader again = served.watch().begin(resume(last.getEpoch(), 2))) {
                List<SnapshotPart> parts = again.snapshot();
                assertTrue(parts.getFirst().getObjectsList().stream()
                        .anyMatch(c -> c.getNode().getEtag().equals("v9")));
                served.gateway.publish(SmallLattice.event(2, "goes on"));
                assertEquals(parts.getLast().getRevision() + 1, again.delta().getRevision());
            }
            assertEquals(1, served.server.failures(), "counted");
        }
    }

    @Test
    void heartbeatsCarryClockRevisionEventsAndSilentPeers() throws Exception {
        try (Served served = new Served(20);
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            served.gateway.unreachable = List.of(SmallLattice.US);
            served.gateway.publish(SmallLattice.event(1, "one"));
            watch.delta();
            Heartbeat beat = watch.heartbeat();
            while (beat.getUnreachablePeersCount() == 0) {
                beat = watch.heartbeat();
            }
            Instant before = Instant.now();
            Heartbeat next = watch.heartbeat();
            assertTrue(Instant.now().isBefore(before.plusMillis(1900)), "heartbeats come each second");
            assertEquals(List.of("gateways/us"), beat.getUnreachablePeersList());
            assertEquals(2, next.getRevision());
            assertEquals(1, next.getLastEventSeq());
            assertEquals(
                    SmallLattice.START.getEpochSecond(),
                    next.getClock().getLatticeTime().getSeconds());
        }
    }

    @Test
    void aHeartbeatNeverOvertakesADelta() throws Exception {
        try (Served served = new Served(20);
                WatchReader watch = served.watch().begin()) {
            long revision = watch.snapshot().getLast().getRevision();
            for (int i = 1; i <= 200; i++) {
                served.gateway.publish(SmallLattice.event(i, "x"));
            }
            while (revision < 201) {
                LatticeUpdate update = watch.next();
                if (update.hasDelta()) {
                    assertEquals(++revision, update.getDelta().getRevision());
                } else if (update.hasHeartbeat()) {
                    assertTrue(update.getHeartbeat().getRevision() <= revision, "a heartbeat ran ahead");
                }
            }
        }
    }

    @Test
    void withoutSamplesThereAreNone() throws Exception {
        try (Served served = new Served(20);
                WatchReader watch = served.watch()
                        .begin(WatchLatticeRequest.newBuilder()
                                .setWithoutSamples(true)
                                .build())) {
            watch.snapshot();
            served.gateway.publish(SmallLattice.samples(20, SmallLattice.START, 1));
            served.gateway.publish(SmallLattice.event(1, "after the samples"));
            LatticeUpdate update = watch.next(u -> !u.hasHeartbeat());
            assertFalse(update.hasSamples());
            assertTrue(update.hasDelta());
        }
    }

    private static WatchLatticeRequest resume(String epoch, long revision) {
        return WatchLatticeRequest.newBuilder()
                .setResume(Resume.newBuilder().setEpoch(epoch).setRevision(revision))
                .build();
    }
}
