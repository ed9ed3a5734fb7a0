package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.OperationState;
import io.latticeconsole.proto.v1.RerouteSpec;
import io.latticeconsole.proto.v1.RouteMode;
import io.latticeconsole.proto.v1.SiteWeight;
import io.latticeconsole.telemetry.LedgerTotals;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real requests of one region go to the real machines of another one, and come back when the order expires.
@Timeout(240)
class RealRerouteTest {
    private static final int EU = 0;
    private static final int IN_A_ROW = 12;

    /// Which region's machines answer one more request of Europe's clients.
    private static int askedOf(RealRegions regions) throws Exception {
        long before = regions.served(2) + regions.served(3);
        GRPCInferenceServiceGrpc.newBlockingStub(regions.inference.get(EU))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .modelInfer(RealMachines.request(RealMachines.MODEL));
        return regions.served(2) + regions.served(3) > before ? 1 : 0;
    }

    /// Asks until so many requests in a row were answered by one region; how many were answered by each on the way.
    private static int[] askUntilAllGoTo(RealRegions regions, int region) throws Exception {
        int[] answered = new int[2];
        for (int row = 0; row < IN_A_ROW; ) {
            int by = askedOf(regions);
            answered[by]++;
            row = by == region ? row + 1 : 0;
        }
        return answered;
    }

    @Test
    void theShareMovesByItsRampAndComesBackWhenItExpires(@TempDir Path folder) throws Exception {
        try (RealRegions regions = new RealRegions(folder)) {
            for (int n = 0; n < 4; n++) {
                regions.awaitServing(n);
            }
            Orders orders = new Orders(regions.lattice.get(EU));
            while (!orders.knows(RealRegions.name(2)) || !orders.knows(RealRegions.name(3))) {
                Thread.onSpinWait();
            }
            askUntilAllGoTo(regions, EU);
            Operation reroute = orders.start(OperationSpec.newBuilder()
                    .setReroute(RerouteSpec.newBuilder()
                            .setRoute("regions/eu/routes/" + RealMachines.MODEL)
                            .setMode(RouteMode.ROUTE_MODE_WEIGHTED)
                            .addWeights(SiteWeight.newBuilder()
                                    .setSite("regions/us/sites/nyc-1")
                                    .setWeight(1))
                            .setRampPerSecond(0.4)
                            .setKeepOnObjectiveBreak(true)
                            .setExpireAfter(Duration.newBuilder().setSeconds(6)))
                    .build());
            int[] onTheWay = askUntilAllGoTo(regions, 1);
            assertTrue(onTheWay[EU] > 0, "the share moved by a ramp, not at once");
            askUntilAllGoTo(regions, EU);
            while (!orders.ended(reroute)) {
                askedOf(regions);
            }
            assertEquals(
                    OperationState.OPERATION_STATE_EXPIRED,
                    orders.read(reroute).getState(),
                    orders.read(reroute)::toString);
            LedgerTotals europe = regions.gateway(EU).ledger();
            assertEquals(europe.arrived(), europe.finished());
            assertTrue(regions.gateway(EU).ledgerBalances());
        }
    }
}
