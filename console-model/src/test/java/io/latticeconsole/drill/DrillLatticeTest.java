package io.latticeconsole.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.proto.v1.Delta;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.FaultKind;
import io.latticeconsole.proto.v1.FaultSpec;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.InjectFaultRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.Peer;
import io.latticeconsole.proto.v1.Resume;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DrillLatticeTest {
    @Test
    void auroraHas96NodesOn24SitesBehindFiveGatewaysThatKnowEachOther() throws Exception {
        try (DrillLattice drill = DrillLattice.start(DrillOptions.aurora(7))) {
            assertEquals(5, drill.addresses().size());
            Set<String> nodes = new HashSet<>();
            Set<String> sites = new HashSet<>();
            for (String address : drill.addresses()) {
                ManagedChannel channel = connect(address);
                var stub = LatticeServiceGrpc.newBlockingStub(channel);
                Lattice lattice = stub.getLattice(GetLatticeRequest.getDefaultInstance());
                assertEquals("lattices/aurora", lattice.getName());
                assertEquals(
                        drill.addresses(),
                        lattice.getPeersList().stream().map(Peer::getAddress).toList());
                stub.listNodes(ListNodesRequest.newBuilder().setPageSize(1000).build())
                        .getNodesList()
                        .forEach(n -> {
                            nodes.add(n.getName());
                            sites.add(n.getName().substring(0, n.getName().indexOf("/nodes/")));
                        });
                Samples samples = firstSamples(stub);
                assertEquals(lattice.getEpoch(), samples.getEpoch());
                assertTrue(samples.getNodeIndexCount() > 0 && samples.getPowerWatts(0) > 0, "no readings");
                close(channel);
            }
            assertEquals(96, nodes.size());
            assertEquals(24, sites.size());
            assertEquals(0, drill.failures());
        }
    }

    private static Samples firstSamples(LatticeServiceGrpc.LatticeServiceBlockingStub stub) {
        Iterator<LatticeUpdate> updates = stub.watchLattice(WatchLatticeRequest.getDefaultInstance());
        LatticeUpdate update = updates.next();
        while (!update.hasSamples()) {
            update = updates.next();
        }
        return update.getSamples();
    }

    /// The fault control_loss of the exercise: the gateway is gone, comes back with its epoch, and nothing was missed.
    @Test
    void aGatewayUnderControlLossComesBackWithItsEpochAndEveryEvent() throws Exception {
        try (DrillLattice drill = DrillLattice.start(new DrillOptions(24, 3, 50, null, "127.0.0.1", 0))) {
            ManagedChannel channel = connect(drill.addresses().getFirst());
            var stub = LatticeServiceGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .withDeadlineAfter(60, TimeUnit.SECONDS);
            Lattice before = stub.getLattice(GetLatticeRequest.getDefaultInstance());
            Iterator<LatticeUpdate> stream = stub.watchLattice(
                    WatchLatticeRequest.newBuilder().setWithoutSamples(true).build());
            long revision = stream.next().getSnapshot().getRevision();
            ExerciseServiceGrpc.newBlockingStub(channel)
                    .injectFault(InjectFaultRequest.newBuilder()
                            .setSpec(FaultSpec.newBuilder()
                                    .setKind(FaultKind.FAULT_KIND_CONTROL_LOSS)
                                    .addTargets(before.getGateway())
                                    .setDurationSeconds(3))
                            .build());
            revision = followToTheEnd(stream, revision);

            Iterator<LatticeUpdate> resumed = stub.watchLattice(WatchLatticeRequest.newBuilder()
                    .setWithoutSamples(true)
                    .setResume(Resume.newBuilder().setEpoch(before.getEpoch()).setRevision(revision))
                    .build());
            LatticeUpdate first = resumed.next();
            assertTrue(!first.hasSnapshot(), "a snapshot where a resume was possible");
            Lattice after = stub.getLattice(GetLatticeRequest.getDefaultInstance());
            assertEquals(before.getEpoch(), after.getEpoch());
            var events = stub.listEvents(
                    ListEventsRequest.newBuilder().setEpoch(after.getEpoch()).build());
            assertEquals(0, events.getEventsLost());
            long expected = 1;
            for (Event event : events.getEventsList()) {
                assertEquals(expected++, event.getEventSeq());
            }
            close(channel);
        }
    }

    private static long followToTheEnd(Iterator<LatticeUpdate> stream, long from) {
        long[] revision = {from};
        assertThrows(StatusRuntimeException.class, () -> {
            while (stream.hasNext()) {
                LatticeUpdate update = stream.next();
                if (update.hasDelta()) {
                    Delta delta = update.getDelta();
                    assertEquals(++revision[0], delta.getRevision());
                }
            }
        });
        return revision[0];
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (DrillLattice drill = DrillLattice.start(new DrillOptions(12, 1, 20, null, "127.0.0.1", 0))) {
            String taken = drill.addresses().getFirst();
            int port = Integer.parseInt(taken.substring(taken.indexOf(':') + 1));
            BindException refused = assertThrows(
                    BindException.class,
                    () -> DrillLattice.start(new DrillOptions(12, 1, 20, null, "127.0.0.1", port))
                            .close());
            assertTrue(String.valueOf(refused.getMessage()).contains(taken), refused.getMessage());
        }
    }

    @Test
    void aTraceThatCannotBeUsedIsNamedWithItsLine(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("nothing.csv");
        IOException noFile =
                assertThrows(IOException.class, () -> start(missing).close());
        assertTrue(String.valueOf(noFile.getMessage()).contains("nothing.csv"), noFile.getMessage());
        Path broken = Files.writeString(folder.resolve("broken.csv"), """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.9951690,many,109
            """);
        IllegalArgumentException bad =
                assertThrows(IllegalArgumentException.class, () -> start(broken).close());
        assertTrue(String.valueOf(bad.getMessage()).contains("broken.csv, line 3"), bad.getMessage());
    }

    private static DrillLattice start(Path trace) throws IOException, InterruptedException {
        return DrillLattice.start(new DrillOptions(12, 1, 20, trace, "127.0.0.1", 0));
    }

    private static ManagedChannel connect(String address) {
        return NettyChannelBuilder.forTarget(address).usePlaintext().build();
    }

    private static void close(ManagedChannel channel) throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
    }
}
