package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.SiteClaim;
import io.latticeconsole.store.SiteContest;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two real servers on loopback that both say that a site is theirs.
class TwoOwnersTest {
    private static final SiteId PARIS = new SiteId(Script.REGION + "/sites/par-1");
    private static final GatewayId US = new GatewayId("gateways/us");

    private static Fact paris(long term) {
        return Script.changed(new Site(
                PARIS,
                "PAR-1",
                "Paris of term " + term,
                Tier.METRO,
                new GeoPoint(48, 2),
                new Watts(1000),
                new Celsius(20),
                term,
                "s" + term));
    }

    private static ScriptedLattice us(String epoch) throws IOException {
        ScriptedLattice us = new ScriptedLattice(Script.info(epoch));
        us.says(EndpointCodec.toProto(Script.info(epoch)).toBuilder()
                .setGateway(US.name())
                .build());
        return us;
    }

    private static Health health(ConsoleState state) {
        Node node = state.lattice().nodes().get(Script.nodeId(0));
        return node == null ? Health.SUSPECT : node.health();
    }

    private static List<String> conflict(ConsoleState state) {
        SiteContest contest = state.contest(PARIS);
        return contest == null
                ? List.of()
                : contest.claims().stream().map(SiteClaim::address).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHigherTermIsShownWhicheverCameFirstAndTheConflictIsKnown(boolean ownerFirst) throws Exception {
        try (ScriptedLattice former = new ScriptedLattice(Script.info("e1"));
                ScriptedLattice owner = us("e2");
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ =
                        LatticeConnection.open(List.of(former.address(), owner.address()), "ana", store)) {
            var ofFormer = former.watch();
            var ofOwner = owner.watch();
            var toldByFormer = Script.snapshot("e1", 1, 0, paris(1), Script.node(0, Health.UP));
            var toldByOwner = Script.snapshot("e2", 1, 0, paris(2), Script.node(0, Health.DOWN));
            if (ownerFirst) {
                ofOwner.send(toldByOwner);
                StoreWatch.await(store, s -> health(s) == Health.DOWN);
                ofFormer.send(toldByFormer);
            } else {
                ofFormer.send(toldByFormer);
                StoreWatch.await(store, s -> health(s) == Health.UP);
                ofOwner.send(toldByOwner);
            }
            ConsoleState state = StoreWatch.await(store, s -> s.conflicts().size() == 1 && health(s) == Health.DOWN);
            assertEquals(List.of(owner.address(), former.address()), conflict(state));
            assertEquals(
                    "Paris of term 2",
                    Objects.requireNonNull(state.lattice().sites().get(PARIS)).displayName());

            // What the former owner goes on to say of the site changes nothing, nor do its readings count.
            int node = state.nodes().index(Script.nodeId(0));
            ofFormer.send(
                    Script.delta("e1", 2, Script.node(0, Health.SUSPECT), Script.region()),
                    Script.samples("e1", 1, 0.9f),
                    Script.heartbeat("e1", 2, 0));
            ofOwner.send(Script.samples("e2", 1, 0.2f));
            state = StoreWatch.await(store, s -> s.lattice().regions().containsKey(Script.REGION));
            assertEquals(Health.DOWN, health(state));
            StoreWatch.awaitSamples(store.samples(), s -> s.counts().rows() >= 2);
            assertEquals(0.2f, store.samples().latest(node, Metric.UTILIZATION));

            // A later term of the former owner wins it back; one that is taken back ends the conflict.
            ofFormer.send(Script.delta("e1", 3, paris(3)));
            state = StoreWatch.await(store, s -> health(s) == Health.SUSPECT);
            assertEquals(List.of(former.address(), owner.address()), conflict(state));
            ofFormer.send(Script.samples("e1", 1, 0.7f));
            StoreWatch.awaitSamples(store.samples(), s -> s.latest(node, Metric.UTILIZATION) == 0.7f);
            ofOwner.send(Script.snapshot("e2", 5, 0));
            state = StoreWatch.await(store, s -> s.conflicts().isEmpty());
            assertEquals(Health.SUSPECT, health(state));
            assertNull(state.contest(PARIS));
        }
    }

    @Test
    void anOwnerThatBreaksAndComesBackKeepsItsSiteThroughout() throws Exception {
        try (ScriptedLattice former = new ScriptedLattice(Script.info("e1"));
                ScriptedLattice owner = us("e2");
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ =
                        LatticeConnection.open(List.of(former.address(), owner.address()), "ana", store)) {
            former.watch().send(Script.snapshot("e1", 1, 0, paris(1), Script.node(0, Health.UP)));
            owner.watch().send(Script.snapshot("e2", 1, 0, paris(2), Script.node(0, Health.DOWN)));
            StoreWatch.await(store, s -> s.conflicts().size() == 1 && s.isReachable(PARIS));
            owner.stop();
            ConsoleState away = StoreWatch.await(store, s -> !s.isReachable(PARIS));
            assertEquals(Health.DOWN, health(away), "a lower term does not speak for an owner that is away");
            assertEquals(1, away.conflicts().size());
            owner.comeBack();
            owner.watch().send(Script.snapshot("e2", 4, 0, paris(2), Script.node(0, Health.UP)));
            ConsoleState back = StoreWatch.await(store, s -> s.isReachable(PARIS) && health(s) == Health.UP);
            former.stop();
            ConsoleState alone = StoreWatch.await(store, s -> s.conflicts().isEmpty());
            assertEquals(conflict(back), conflict(alone), "its claim was not taken back, it is only not heard");
            assertTrue(alone.isReachable(PARIS));
            assertEquals(Health.UP, health(alone));
        }
    }

    @Test
    void twoProcessesOfOneNameAreBothHeardAndTheHigherTermIsTheGateway() throws Exception {
        try (ScriptedLattice former = new ScriptedLattice(Script.info("e1"));
                ScriptedLattice owner = new ScriptedLattice(Script.info("e2"));
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ =
                        LatticeConnection.open(List.of(former.address(), owner.address()), "ana", store)) {
            var ofFormer = former.watch();
            var ofOwner = owner.watch();
            ofFormer.send(Script.snapshot("e1", 1, 0, Script.region(), paris(1), Script.node(0, Health.UP)));
            ofOwner.send(Script.snapshot("e2", 1, 0, Script.region(), paris(2), Script.node(0, Health.DOWN)));
            ConsoleState state = StoreWatch.await(store, s -> s.conflicts().size() == 1);
            assertEquals(owner.address(), state.gatewayAddresses().get(Script.EU));
            assertEquals(Health.DOWN, health(state));
            former.stop();
            state = StoreWatch.await(store, s -> s.conflicts().isEmpty());
            assertTrue(state.isReachable(Script.REGION));
            owner.stop();
            former.comeBack();
            former.watch().send(Script.snapshot("e1", 2, 0, Script.region(), paris(1), Script.node(0, Health.UP)));
            state = StoreWatch.await(store, s -> s.conflicts().size() == 1);
            assertFalse(state.isReachable(Script.REGION));
            assertEquals(Health.DOWN, health(state));
        }
    }
}
