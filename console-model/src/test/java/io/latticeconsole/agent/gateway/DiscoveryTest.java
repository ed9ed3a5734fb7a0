package io.latticeconsole.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.DeleteOption;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.EtcdServer;
import io.latticeconsole.agent.discovery.Forgetting;
import io.latticeconsole.agent.discovery.Registrar;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.Health;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.telemetry.LedgerTotals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Agents that come and go by a real etcd, without a word in the gateway's file.
@Timeout(240)
class DiscoveryTest {
    private static final Duration TTL = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private EtcdServer etcd;
    private DiscoverySettings settings;
    private RealMachines machines;
    private LatticeServiceGrpc.LatticeServiceBlockingStub lattice;

    @BeforeEach
    void start() throws Exception {
        etcd = new EtcdServer(folder);
        settings = etcd.settings("test", TTL);
        machines = new RealMachines(folder);
        lattice = LatticeServiceGrpc.newBlockingStub(machines.lattice).withWaitForReady();
        machines.awaitServing(0);
        machines.awaitServing(1);
        machines.discoverBy(settings);
    }

    @AfterEach
    void stop() {
        machines.close();
        etcd.close();
    }

    /// The gateway's file without nodes.
    static String bare(String file) {
        return file.replaceAll("(?m)^ *- \\{code: n[12],.*\\R", "");
    }

    @Test
    void agentsComeAndGoWithoutAFile() throws Exception {
        etcd.start();
        long before = newestEvent();
        machines.restartGateway(DiscoveryTest::bare);
        machines.awaitGone(0);
        machines.awaitGone(1);
        machines.crash(1);
        machines.restart(1);
        Registrar first = machines.register(RealMachines.name(0), 0);
        Registrar second = machines.register(RealMachines.name(1), 1);
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0), before);
        machines.awaitServing(0);
        machines.awaitServing(1);
        assertEquals("v1", infer());
        second.close();
        machines.awaitEvent("NODE_LEFT", RealMachines.name(1), before);
        machines.awaitGone(1);
        for (int i = 0; i < 10; i++) {
            assertEquals("v1", infer());
        }
        machines.crash(1);
        machines.restart(1);
        try (Registrar _ = machines.register(RealMachines.name(1), 1)) {
            machines.awaitServing(1);
            machines.crash(1);
            machines.awaitEvent("NODE_DOWN", RealMachines.name(1), before);
            assertEquals("v1", infer(), "one that dies is judged by its connection, as ever");
        }
        first.close();
        LedgerTotals ledger = machines.gateway.ledger();
        assertEquals(12, ledger.finished());
        assertTrue(machines.gateway.ledgerBalances());
        assertEquals(0, machines.gateway.failures());
    }

    @Test
    void etcdAwayChangesNothingButAnEvent() throws Exception {
        etcd.start();
        long before = newestEvent();
        machines.restartGateway(DiscoveryTest::bare);
        Registrar first = machines.register(RealMachines.name(0), 0);
        Registrar second = machines.register(RealMachines.name(1), 1);
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0), before);
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(1), before);
        machines.awaitServing(0);
        machines.awaitServing(1);
        etcd.freeze();
        EventRecord away = machines.awaitEvent("DISCOVERY_AWAY", "gateways/eu", before);
        assertTrue(away.message().contains("does not answer"), away.message());
        assertEquals("v1", infer());
        etcd.wake();
        EventRecord back = machines.awaitEvent("DISCOVERY_BACK", "gateways/eu", before);
        etcd.kill();
        EventRecord gone = machines.awaitEvent("DISCOVERY_AWAY", "gateways/eu", back.seq());
        assertEquals("v1", infer());
        assertEquals(Health.HEALTH_UP, health(0));
        assertEquals(Health.HEALTH_UP, health(1));
        etcd.start();
        machines.awaitEvent("DISCOVERY_BACK", "gateways/eu", gone.seq());
        second.close();
        machines.awaitEvent("NODE_LEFT", RealMachines.name(1), before);
        assertEquals("v1", infer());
        first.close();
        assertEquals(0, machines.gateway.failures());
    }

    @Test
    void aStartWithoutEtcdServesWhatTheFileSays() throws Exception {
        long before = newestEvent();
        machines.restartGateway(text -> text.replaceAll("(?m)^ *- \\{code: n2,.*\\R", ""));
        machines.awaitEvent("DISCOVERY_AWAY", "gateways/eu", before);
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0), before);
        machines.awaitServing(0);
        assertEquals("v1", infer());
        try (Registrar _ = machines.register(RealMachines.name(1), 1)) {
            etcd.start();
            machines.awaitEvent("DISCOVERY_BACK", "gateways/eu", before);
            machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(1), before);
            machines.awaitServing(1);
        }
    }

    @Test
    void whatMakesNoSenseInEtcdIsAnEventEach() throws Exception {
        etcd.start();
        long before = newestEvent();
        machines.restartGateway(DiscoveryTest::bare);
        Registrar first = machines.register(RealMachines.name(0), 0);
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0), before);
        machines.awaitServing(0);
        try (Client client = Client.builder().endpoints(settings.endpoints()).build();
                Registrar _ = machines.register(RealMachines.name(0), 1)) {
            EventRecord claim = machines.awaitEvent("CLAIM_REFUSED", RealMachines.name(0), before);
            assertTrue(claim.message().contains("the claim is refused"), claim.message());
            String key = settings.prefix() + "regions/eu/sites/par-1/nodes/n7/x";
            client.getKVClient().put(bytes(key), bytes("{\"node\": 7")).get(20, TimeUnit.SECONDS);
            machines.awaitEvent("REGISTRATION_INVALID", "gateways/eu", before);
            try (Registrar _ = machines.register("regions/eu/sites/rom-1/nodes/n1", 1)) {
                machines.awaitEvent("REGISTRATION_REFUSED", "gateways/eu", before);
            }
            DeleteOption all = DeleteOption.builder().isPrefix(true).build();
            client.getKVClient().delete(bytes(settings.prefix()), all).get(20, TimeUnit.SECONDS);
            machines.awaitEvent("REGISTRATION_LOST", RealMachines.name(0), before);
        }
        assertEquals(Health.HEALTH_UP, health(0));
        assertEquals("v1", infer());
        first.close();
        assertEquals(0, machines.gateway.failures());
    }

    @Test
    void aNodeThatDiedIsTakenOffTheMapByWord() throws Exception {
        etcd.start();
        long before = newestEvent();
        machines.restartGateway(DiscoveryTest::bare);
        try (Registrar _ = machines.register(RealMachines.name(0), 0);
                Registrar _ = machines.register(RealMachines.name(1), 1);
                Client client = Client.builder().endpoints(settings.endpoints()).build()) {
            machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0), before);
            machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(1), before);
            machines.awaitServing(0);
            machines.awaitServing(1);
            NodeId dead = new NodeId(RealMachines.name(1));
            Forgetting.ask(settings, dead);
            EventRecord refused = machines.awaitEvent("FORGET_REFUSED", dead.name(), before);
            assertTrue(refused.message().contains("stop its agent"), refused.message());
            machines.crash(1);
            DeleteOption all = DeleteOption.builder().isPrefix(true).build();
            client.getKVClient().delete(bytes(settings.prefix() + dead), all).get(20, TimeUnit.SECONDS);
            machines.awaitEvent("REGISTRATION_LOST", dead.name(), before);
            machines.awaitEvent("NODE_DOWN", dead.name(), before);
            Forgetting.ask(settings, dead);
            machines.awaitEvent("NODE_LEFT", dead.name(), before);
            machines.awaitGone(1);
            assertEquals("v1", infer());
        }
        assertEquals(0, machines.gateway.failures());
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, UTF_8);
    }

    private long newestEvent() {
        return lattice.listEvents(ListEventsRequest.newBuilder().setNewest(1).build())
                .getEvents(0)
                .getEventSeq();
    }

    private Health health(int n) {
        return lattice.getNode(GetNodeRequest.newBuilder()
                        .setName(RealMachines.name(n))
                        .build())
                .getHealth();
    }

    /// The version that answered.
    private String infer() {
        return GRPCInferenceServiceGrpc.newBlockingStub(machines.inference)
                .withWaitForReady()
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .modelInfer(RealMachines.request(RealMachines.MODEL))
                .getModelVersion();
    }
}
