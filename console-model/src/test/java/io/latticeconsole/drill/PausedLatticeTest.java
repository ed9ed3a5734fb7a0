package io.latticeconsole.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.Heartbeat;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.SetClockRequest;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A paused lattice has nothing to tell, and says so each second.
@Timeout(60)
class PausedLatticeTest {
    private static final int BEATS = 5;

    private static Heartbeat next(Iterator<LatticeUpdate> updates) {
        LatticeUpdate update = updates.next();
        while (!update.hasHeartbeat()) {
            update = updates.next();
        }
        return update.getHeartbeat();
    }

    @Test
    void heartbeatsComeEachSecondWhileTheClockStands() throws Exception {
        try (DrillLattice drill = DrillLattice.start(new DrillOptions(12, 1, 20, null, "127.0.0.1", 0))) {
            ManagedChannel channel = NettyChannelBuilder.forTarget(
                            drill.addresses().getFirst())
                    .usePlaintext()
                    .build();
            try {
                var _ = ExerciseServiceGrpc.newBlockingStub(channel)
                        .setClock(SetClockRequest.newBuilder().setPaused(true).build());
                Iterator<LatticeUpdate> updates = LatticeServiceGrpc.newBlockingStub(channel)
                        .watchLattice(WatchLatticeRequest.getDefaultInstance());
                Heartbeat beat = next(updates);
                while (!beat.getClock().getPaused()) {
                    beat = next(updates);
                }
                var stands = beat.getClock().getLatticeTime();
                long heard = System.nanoTime();
                for (int i = 0; i < BEATS; i++) {
                    beat = next(updates);
                    Duration silence = Duration.ofNanos(System.nanoTime() - heard);
                    heard = System.nanoTime();
                    assertTrue(silence.toMillis() < 1900, "nothing for " + silence);
                    assertTrue(beat.getClock().getPaused());
                    assertEquals(stands, beat.getClock().getLatticeTime());
                }
            } finally {
                channel.shutdownNow();
            }
        }
    }
}
