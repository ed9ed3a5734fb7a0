package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import io.latticeconsole.security.TlsFiles;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsConnectionTest {
    private static final int SECONDS = 20;

    @TempDir
    private Path folder;

    private Parties parties;

    @BeforeEach
    void issue() throws IOException {
        parties = new Parties(folder.resolve("ca"));
    }

    private static DrillLattice drill(Protection protection) throws Exception {
        return DrillLattice.start(new DrillOptions(12, 5, 20, null, "127.0.0.1", 0).withProtection(protection));
    }

    private static Protection tls(TlsFiles files) throws IOException {
        return new Protection.MutualTls(files.read());
    }

    private static LatticeConnection connect(DrillLattice drill, LatticeStore store, @Nullable KeyMaterial key) {
        return LatticeConnection.open(drill.addresses(), "nobody", store, WatchRequest.NEWEST, key);
    }

    private static boolean isLive(ConsoleState state) {
        return state.lattice().nodes().size() == 12
                && state.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE);
    }

    /// What the console says once it knows that it cannot come in, without the address.
    private static String trouble(Protection protection, @Nullable KeyMaterial key) throws Exception {
        try (DrillLattice drill = drill(protection);
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ = LatticeConnection.open(
                        drill.addresses().subList(0, 1), "nobody", store, WatchRequest.NEWEST, key)) {
            String address = drill.addresses().getFirst();
            ConsoleState state = StoreWatch.await(store, s -> {
                EndpointState e = s.endpoints().get(address);
                return e != null && !e.problem().isEmpty();
            });
            EndpointState e = Objects.requireNonNull(state.endpoints().get(address));
            assertTrue(e.problem().startsWith(address + " "), e.problem());
            return e.problem().substring(address.length() + 1);
        }
    }

    @Test
    void anOperatorIsKnownByTheCertificateAndAViewerCannotDrain() throws Exception {
        TlsFiles machine = parties.machine("drill", Duration.ofDays(20), "127.0.0.1");
        KeyMaterial ana = parties.person("ana", Role.OPERATOR).read();
        KeyMaterial vic = parties.person("vic", Role.VIEWER).read();
        try (DrillLattice drill = drill(tls(machine));
                LatticeStore store = LatticeStore.start();
                LatticeConnection connection = connect(drill, store, ana);
                LatticeStore watched = LatticeStore.start();
                LatticeConnection viewer = connect(drill, watched, vic)) {
            ConsoleState state = StoreWatch.await(store, TlsConnectionTest::isLive);
            for (EndpointState endpoint : state.endpoints().values()) {
                assertEquals(machine.read().expires(), present(endpoint.certificateEnds()));
            }
            Node node = state.lattice().nodes().values().iterator().next();
            var drain = new OperationSpec.Drain(List.of(node.id()), null, DeadlinePolicy.EXTEND);
            var plan = connection.orders().plan(drain).get(SECONDS, TimeUnit.SECONDS);
            var armed = connection.orders().arm(plan.hash()).get(SECONDS, TimeUnit.SECONDS);
            var started =
                    connection.orders().start(armed, "test", true, () -> {}).get(SECONDS, TimeUnit.SECONDS);
            assertEquals("ana", started.operator());
            assertTrue(started.operatorVerified());
            StoreWatch.await(watched, s -> isLive(s) && s.operations().containsKey(started.id()));
            var refused = Assertions.assertThrows(
                    ExecutionException.class, () -> viewer.orders().plan(drain).get(SECONDS, TimeUnit.SECONDS));
            OrderRefused why = Assertions.assertInstanceOf(OrderRefused.class, refused.getCause());
            assertEquals("ROLE_REQUIRED", why.reason());
        }
    }

    @Test
    void aCertificateThatIsRenewedWhileTheConnectionGoesOnIsSeen() throws Exception {
        TlsFiles machine = parties.machine("drill", Duration.ofDays(2), "127.0.0.1");
        TlsFiles renewed = parties.machine("renewed", Duration.ofDays(99), "127.0.0.1");
        KeyMaterial ana = parties.person("ana", Role.VIEWER).read();
        try (DrillLattice drill = drill(tls(machine));
                LatticeStore store = LatticeStore.start();
                HandRunLane lane = new HandRunLane();
                LatticeConnection _ = connect(drill, store, ana)) {
            StoreWatch.await(store, TlsConnectionTest::isLive);
            Parties.replace(machine, renewed);
            String address = drill.addresses().getFirst();
            new PeerCertificate(address, ana, lane, store).look();
            Instant end = renewed.read().expires();
            ConsoleState state = StoreWatch.await(
                    store,
                    s -> end.equals(
                            Objects.requireNonNull(s.endpoints().get(address)).certificateEnds()));
            assertEquals(
                    LinkState.LIVE,
                    Objects.requireNonNull(state.endpoints().get(address)).link());
        }
    }

    private static <T> T present(@Nullable T value) {
        assertNotNull(value);
        return Objects.requireNonNull(value);
    }

    @Test
    void whatKeepsTlsFromComingAboutIsSaidInASentence() throws Exception {
        KeyMaterial ana = parties.person("ana", Role.OPERATOR).read();
        Protection good = tls(parties.machine("good"));
        Parties others = new Parties(folder.resolve("others"));
        TlsFiles stranger = others.person("ana", Role.OPERATOR);
        TlsFiles believing = new TlsFiles(
                stranger.certificate(), stranger.key(), parties.files("ana").authorities());
        KeyMaterial late =
                parties.person("late", Duration.ofMinutes(-1), Role.OPERATOR).read();
        assertEquals(
                "shows a certificate that is over: it has to be renewed there",
                trouble(tls(parties.machine("over", Duration.ofMinutes(-1), "127.0.0.1")), ana));
        assertEquals(
                "shows a certificate for another name: connect under the name that is in it, or have one issued for "
                        + "this name",
                trouble(tls(parties.machine("elsewhere", Duration.ofDays(9), "edge-7.lan", "10.1.2.3")), ana));
        assertEquals(
                "shows a certificate of an authority that this console does not believe: see the file of --tls-ca",
                trouble(good, stranger.read()));
        assertEquals(
                "refuses this console's certificate: it is from an authority that the endpoint does not believe",
                trouble(good, believing.read()));
        assertEquals(
                "refuses this console's certificate: it is over; renew the file of --tls-cert", trouble(good, late));
        assertEquals(
                "speaks plaintext, this console TLS: leave out --tls-ca, --tls-cert and --tls-key, or give the "
                        + "endpoint a certificate",
                trouble(Protection.LOOPBACK, ana));
        String plaintext = trouble(good, null);
        assertTrue(plaintext.contains("TLS, this console speaks plaintext"), plaintext);
        assertTrue(trouble(good, parties.person("none").read()).startsWith("refuses: "));
    }
}
