package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.agent.engine.embedded.EmbeddedServer;
import io.latticeconsole.agent.engine.oip.ForeignEngine;
import io.latticeconsole.agent.engine.oip.OipEngine;
import io.latticeconsole.agent.engine.oip.OipSettings;
import io.latticeconsole.agent.telemetry.TelemetryOptions;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListOperationsRequest;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.StartOperationRequest;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A lattice of two machines by certificate, the second of which goes wrong in every way; the first goes on.
@Timeout(240)
class HostilePartsTest {
    private static final int GOOD_TENSOR = 384;
    private static final int REQUESTS = 20;
    private static final TelemetryOptions NO_GPU =
            TelemetryOptions.DEFAULT.withAccelerators(TelemetryOptions.Accelerators.NONE);

    @TempDir
    private Path folder;

    private Parties parties;
    private Protection agents;
    private RealMachines machines;
    private ForeignEngine foreign;

    @BeforeEach
    void start() throws Exception {
        parties = new Parties(folder.resolve("pki"));
        agents = new Protection.MutualTls(parties.machine("agents").read());
        var everything = parties.person("eve", Role.CLIENT, Role.SUPERVISOR).read();
        machines = new RealMachines(
                folder,
                agents,
                new Protection.MutualTls(parties.machine("gateway", Duration.ofDays(20), "127.0.0.1")
                        .read()),
                everything.channelCredentials(),
                everything);
        machines.awaitServing(0);
        machines.awaitServing(1);
        foreign = new ForeignEngine();
    }

    @AfterEach
    void stop() throws Exception {
        machines.close();
        foreign.close();
    }

    @Test
    void anEngineThatLiesTalksRubbishOrHangsCostsNobodyElseAnything() throws Exception {
        withForeignEngine(NO_GPU);
        foreign.refuses("ModelInfer", Status.UNAVAILABLE.withDescription("ready, but not for you"));
        assertAllAnsweredByTheFirst();

        foreign.close();
        foreign = new ForeignEngine();
        withForeignEngine(NO_GPU);
        foreign.answers("ModelInfer", new byte[] {(byte) 0xff, 1, 2});
        assertAllAnsweredByTheFirst();

        foreign.close();
        foreign = new ForeignEngine();
        withForeignEngine(NO_GPU);
        foreign.hangsAt("ModelInfer");
        await("requests go where they are answered", this::fiveInARow);
        assertTrue(machines.gateway.ledgerBalances());
        assertEquals(0, machines.gateway.failures());
        assertControlGoesOn();
    }

    @Test
    void anEngineThatOnlyClaimsToBeReadyIsNotServing() throws Exception {
        foreign.refuses("ModelInfer", Status.INTERNAL.withDescription("no"));
        crash();
        machines.restart(1, engine(), NO_GPU, agents);
        machines.awaitReplica(
                1, r -> r.state() == ReplicaState.FAILED && r.message().contains("ModelInfer"));
        assertAllAnsweredByTheFirst();
        assertControlGoesOn();
    }

    @Test
    void rubbishForMetricsIsNoReadingAndTheNodeServes() throws Exception {
        HttpServer exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/", exchange -> {
            byte[] rubbish = "DCGM_FI_DEV_GPU_UTIL{gpu=\"0\" NaN NaN NaN\n\0\u00ff{{{"
                    .repeat(200)
                    .getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(200, rubbish.length);
            exchange.getResponseBody().write(rubbish);
            exchange.close();
        });
        exporter.start();
        try {
            crash();
            machines.restart(
                    1,
                    null,
                    TelemetryOptions.DEFAULT.withDcgm(URI.create(
                            "http://127.0.0.1:" + exporter.getAddress().getPort() + "/metrics")),
                    agents);
            machines.awaitServing(1);
            for (int i = 0; i < REQUESTS; i++) {
                assertEquals(GOOD_TENSOR, infer(10));
            }
            assertControlGoesOn();
        } finally {
            exporter.stop(0);
        }
    }

    @Test
    void anAgentWithABadCertificateIsToldByAnEventAndTheOtherServes() throws Exception {
        crash();
        machines.restart(
                1,
                null,
                NO_GPU,
                new Protection.MutualTls(parties.machine("late", Duration.ofMinutes(-1), "127.0.0.1")
                        .read()));
        await("the end of the certificate is told", () -> told("AGENT_NOT_HEARD", "is over"));
        assertAllAnsweredByTheFirst();
        crash();
        machines.restart(
                1,
                null,
                NO_GPU,
                new Protection.MutualTls(new Parties(folder.resolve("others"))
                        .machine("stranger")
                        .read()));
        await("the authority is told", () -> told("AGENT_NOT_HEARD", "does not believe"));
        assertAllAnsweredByTheFirst();
        crash();
        Protection near = new Protection.MutualTls(
                parties.machine("near", Duration.ofDays(5), "127.0.0.1").read());
        machines.restart(1, null, NO_GPU, near);
        machines.awaitServing(1);
        await("the end is told", () -> told("CERTIFICATE_ENDS", "of the agent"));
        assertTrue(events().anyMatch(e ->
                e.getType().equals("CERTIFICATE_ENDS") && e.getSubject().equals("gateways/eu")));
        assertControlGoesOn();
    }

    @Test
    void anOrderSentTwiceIsOneOrderWhoeverSendsItAgain() {
        var operations = OperationServiceGrpc.newBlockingStub(machines.lattice);
        String plan = operations
                .planOperation(
                        PlanOperationRequest.newBuilder().setSpec(drain()).build())
                .getPlanHash();
        String token = operations
                .armOperation(ArmOperationRequest.newBuilder().setPlanHash(plan).build())
                .getArmToken();
        StartOperationRequest start = StartOperationRequest.newBuilder()
                .setArmToken(token)
                .setRequestId(UUID.randomUUID().toString())
                .setReason("test")
                .setAcceptRisk(true)
                .build();
        String first = operations.startOperation(start).getName();
        for (int i = 0; i < REQUESTS; i++) {
            assertEquals(first, operations.startOperation(start).getName());
        }
        assertEquals(
                1,
                operations
                        .listOperations(ListOperationsRequest.getDefaultInstance())
                        .getOperationsCount());
    }

    /// The second machine dies, and everybody has seen it: what is waited for next is news.
    private void crash() throws Exception {
        machines.crash(1);
        machines.awaitHealth(1, Health.DOWN);
    }

    private static OperationSpec drain() {
        return OperationSpec.newBuilder()
                .setDrain(DrainSpec.newBuilder().addTargets(RealMachines.name(1)))
                .build();
    }

    /// The second machine starts again with an engine that answers well at first.
    private void withForeignEngine(TelemetryOptions telemetry) throws Exception {
        foreign.answersWell();
        crash();
        machines.restart(1, engine(), telemetry, agents);
        machines.awaitServing(1);
    }

    private OipEngine engine() {
        foreign.claimsToServe(EmbeddedServer.MODEL, "v1");
        return foreign.client(OipSettings.DEFAULT);
    }

    private void assertAllAnsweredByTheFirst() throws InterruptedException {
        for (int i = 0; i < REQUESTS; i++) {
            assertEquals(GOOD_TENSOR, infer(10));
        }
        assertTrue(machines.gateway.ledgerBalances());
        assertEquals(0, machines.gateway.ledger().lost());
    }

    private long infer(int seconds) {
        return GRPCInferenceServiceGrpc.newBlockingStub(machines.inference)
                .withDeadlineAfter(seconds, TimeUnit.SECONDS)
                .modelInfer(RealMachines.request(RealMachines.MODEL))
                .getOutputs(0)
                .getShape(1);
    }

    /// Whether five requests after one another are answered; a request at an engine that hangs ends by its deadline.
    private boolean fiveInARow() {
        for (int i = 0; i < 5; i++) {
            try {
                assertEquals(GOOD_TENSOR, infer(2));
            } catch (StatusRuntimeException late) {
                assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode(), late.toString());
                return false;
            }
        }
        return true;
    }

    private Stream<Event> events() {
        return LatticeServiceGrpc.newBlockingStub(machines.lattice)
                .listEvents(ListEventsRequest.newBuilder().setNewest(50).build())
                .getEventsList()
                .stream();
    }

    private boolean told(String type, String part) {
        return events().anyMatch(e -> e.getType().equals(type)
                && e.getSubject().equals(RealMachines.name(1))
                && e.getMessage().contains(part));
    }

    private void assertControlGoesOn() {
        assertTrue(OperationServiceGrpc.newBlockingStub(machines.lattice)
                        .planOperation(PlanOperationRequest.newBuilder()
                                .setSpec(drain())
                                .build())
                        .getPlanHash()
                        .length()
                > 0);
    }

    private static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> "not in time: " + what);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
