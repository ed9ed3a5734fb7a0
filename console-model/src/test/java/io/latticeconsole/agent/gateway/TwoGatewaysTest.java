package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.agent.AgentCheck;
import io.latticeconsole.agent.config.ConfigProblem;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.OperationState;
import io.latticeconsole.proto.v1.RedeploySpec;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.telemetry.LedgerTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two regions of one lattice, each with its own gateway: what one of them orders, loses or serves reaches the other
/// over the wire between them.
@Timeout(240)
class TwoGatewaysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int EU = 0;
    private static final int US = 1;
    private static final RegionId EUROPE = new RegionId("regions/eu");
    private static final RegionId AMERICA = new RegionId("regions/us");

    @TempDir
    Path folder;

    private RealRegions regions;

    @BeforeEach
    void start() throws Exception {
        regions = new RealRegions(folder);
        for (int n = 0; n < 4; n++) {
            regions.awaitServing(n);
        }
        Orders orders = new Orders(regions.lattice.get(EU));
        await(
                "the coordinator knows all",
                () -> orders.knows(RealRegions.name(2)) && orders.knows(RealRegions.name(3)));
    }

    @AfterEach
    void stop() {
        assertEquals(0, regions.gateway(EU).failures());
        assertEquals(0, regions.gateway(US).failures());
        regions.close();
    }

    private ModelInferResponse infer(int gateway) {
        return GRPCInferenceServiceGrpc.newBlockingStub(regions.inference.get(gateway))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .modelInfer(RealMachines.request(RealMachines.MODEL));
    }

    private static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> "not in time: " + what);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static boolean hasEvent(ConsoleState state, String type, String subject) {
        return state.events().stream()
                .anyMatch(e ->
                        e.event().type().equals(type) && e.event().subject().equals(subject));
    }

    private void succeed(Orders orders, Operation operation) {
        await("it ended", () -> {
            infer(EU);
            infer(US);
            return orders.ended(operation);
        });
        Operation ended = orders.read(operation);
        assertEquals(OperationState.OPERATION_STATE_SUCCEEDED, ended.getState(), ended::toString);
    }

    @Test
    void whatTheOwnRegionCannotServeTheOtherOneDoesAndNothingFails() throws Exception {
        for (int i = 0; i < 40; i++) {
            if (i == 10) {
                regions.crash(2);
            }
            if (i == 20) {
                regions.crash(3);
            }
            infer(US);
        }
        regions.await(s -> down(s, 2) && down(s, 3));
        infer(US);
        LedgerTotals us = regions.gateway(US).ledger();
        assertEquals(41, us.finished());
        assertEquals(0, us.lost());
        assertTrue(regions.gateway(US).ledgerBalances());
        ConsoleState seen = regions.await(s -> s.failovers().size() == 2);
        for (Failover failover : seen.failovers().values()) {
            assertTrue(failover.id().name().startsWith(AMERICA.name()), failover.id()::name);
        }
        regions.restart(2);
        regions.awaitServing(2);
        infer(US);
        StatusRuntimeException unknown = assertThrows(
                StatusRuntimeException.class,
                () -> GRPCInferenceServiceGrpc.newBlockingStub(regions.inference.get(US))
                        .modelInfer(RealMachines.request("gpt-9")));
        assertEquals(Status.Code.UNAVAILABLE, unknown.getStatus().getCode());
    }

    private static boolean down(ConsoleState state, int n) {
        var node = state.lattice().nodes().get(new NodeId(RealRegions.name(n)));
        return node != null && node.health() == Health.DOWN;
    }

    private AdminState admin(int n) {
        return java.util.Objects.requireNonNull(
                        regions.store.state().lattice().nodes().get(new NodeId(RealRegions.name(n))))
                .adminState();
    }

    @Test
    void theCoordinatorDrainsRestoresAndRedeploysAcrossRegions() throws Exception {
        Orders orders = new Orders(regions.lattice.get(EU));
        succeed(orders, orders.drain(RealRegions.name(2)));
        regions.await(_ -> admin(2) == AdminState.DRAINED);
        succeed(orders, orders.restore(RealRegions.name(2)));
        regions.await(_ -> admin(2) == AdminState.SERVING);
        succeed(
                orders,
                orders.start(OperationSpec.newBuilder()
                        .setRedeploy(RedeploySpec.newBuilder()
                                .setModel("models/" + RealMachines.MODEL)
                                .setVersion("v2")
                                .setMaxTtftFactor(50)
                                .setBake(com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(3)))
                        .build()));
        assertEquals("v2", infer(EU).getModelVersion());
        assertEquals("v2", infer(US).getModelVersion());
        assertEquals(0, regions.gateway(US).ledger().aborted());
        assertTrue(regions.gateway(US).ledgerBalances());
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class, () -> new Orders(regions.lattice.get(US)).drain(RealRegions.name(2)));
        assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
        assertTrue(
                String.valueOf(refused.getStatus().getDescription()).contains(regions.address(EU)), refused::toString);
    }

    private List<String> checked() {
        List<String> said = new ArrayList<>();
        try {
            AgentCheck.run(ConfigReader.read(folder.resolve("eu.yaml")), folder, said::add);
        } catch (ConfigProblem | IOException e) {
            said.add(String.valueOf(e.getMessage()));
        }
        return said;
    }

    @Test
    void aGatewayThatDiesMakesItsOwnUnreachableOnlyAndComesBack() throws Exception {
        String us = new GatewayId("gateways/us").name();
        String there = us + " at " + regions.address(US);
        assertTrue(
                checked().contains("ok       " + there + " is of the same lattice"),
                () -> checked().toString());
        regions.gateway(US).close();
        assertTrue(
                checked().contains("PROBLEM  " + there + ": nobody answers"),
                () -> checked().toString());
        regions.await(s -> !s.isReachable(AMERICA));
        assertTrue(regions.store.state().isReachable(EUROPE));
        regions.await(s -> hasEvent(s, "GATEWAY_UNREACHABLE", us));
        infer(EU);
        Orders orders = new Orders(regions.lattice.get(EU));
        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> orders.drain(RealRegions.name(2)));
        assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode(), refused::toString);
        regions.startGateway(US);
        regions.await(s -> s.isReachable(AMERICA) && hasEvent(s, "GATEWAY_REACHABLE", us));
        regions.awaitServing(2);
        regions.awaitServing(3);
        succeed(orders, orders.drain(RealRegions.name(2)));
    }

    @Test
    void aCoordinatorThatStartsAnewIsObeyed() throws Exception {
        Orders before = new Orders(regions.lattice.get(EU));
        succeed(before, before.drain(RealRegions.name(2)));
        succeed(before, before.restore(RealRegions.name(2)));
        regions.gateway(EU).close();
        await("it is gone", () -> !regions.store.state().isReachable(EUROPE));
        assertEquals("minilm", infer(US).getModelName());
        regions.startGateway(EU);
        regions.await(s -> s.isReachable(EUROPE));
        regions.awaitServing(0);
        await("it knows the other region's machines", () -> {
            try {
                new Orders(regions.lattice.get(EU)).plan(RealRegions.name(2));
                return true;
            } catch (StatusRuntimeException notYet) {
                return false;
            }
        });
        Orders after = new Orders(regions.lattice.get(EU));
        succeed(after, after.drain(RealRegions.name(2)));
        regions.await(_ -> admin(2) == AdminState.DRAINED);
    }
}
