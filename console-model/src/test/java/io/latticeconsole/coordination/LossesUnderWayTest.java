package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Nodes that die and orders that get lost while an operation goes back: it ends, and says what is left.
class LossesUnderWayTest {
    private static final Caller ALICE = new Caller("alice", true);
    private static final NodeId BIG = new NodeId("regions/eu/sites/s-1/nodes/n1");
    private static final NodeId SMALL = new NodeId("regions/eu/sites/s-1/nodes/n2");

    /// The second node of each site has no room for two replicas of the chat model.
    private final FakeHost host = new FakeHost(5, 1, List.of(48, 16));

    private Operation start(OperationSpec spec) {
        Plan plan = host.coordinator.plan(spec, ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        return host.coordinator.start(armed.token(), plan.name(), "practice", true, ALICE);
    }

    private Operation now(Operation op) {
        return Objects.requireNonNull(host.operations.get(op.id()));
    }

    private void runUntil(String what, BooleanSupplier there) {
        for (int i = 0; i < 4_000 && !there.getAsBoolean(); i++) {
            host.run(0.05);
        }
        assertTrue(there.getAsBoolean(), what + "\n" + host.operations);
    }

    private void runUntilFinal(Operation op) {
        runUntil("it has to end", () -> now(op).state().isFinal());
    }

    private void cancel(Operation op) {
        host.coordinator.cancel(op.id(), "cancel " + op.id(), "", ALICE);
    }

    /// Names of the chat model's replicas on a node.
    private Set<String> chats(NodeId node) {
        Set<String> codes = new TreeSet<>();
        host.lattice.node(node).replicas.forEach((id, r) -> {
            if (r.model.equals(FakeLattice.CHAT)) {
                codes.add(id.code());
            }
        });
        return codes;
    }

    private FakeGateway gateway() {
        return Objects.requireNonNull(host.lattice.gateways.get(host.lattice.owner(BIG)));
    }

    /// A router that owns neither that node nor the small one.
    private FakeGateway third(NodeId other) {
        return host.lattice.gateways.values().stream()
                .filter(g -> !g.id.equals(host.lattice.owner(other)) && !g.id.equals(host.lattice.owner(SMALL)))
                .findFirst()
                .orElseThrow();
    }

    private Operation drain(NodeId node) {
        return start(new OperationSpec.Drain(List.of(node), null, DeadlinePolicy.EXTEND));
    }

    /// A drain that needs a stand-in elsewhere.
    private Operation surging() {
        host.offered.put(FakeLattice.CHAT, 0.93 * FakeLattice.CAPACITY * 6);
        return drain(SMALL);
    }

    private NodeId standInNode() {
        return host.lattice.nodes.keySet().stream()
                .filter(n -> chats(n).size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private static OperationSpec.Redeploy redeploy(NodeId node) {
        return new OperationSpec.Redeploy(FakeLattice.CHAT, "2", List.of(node), 1, Duration.ofSeconds(5), 0, 0, 1);
    }

    private boolean retiresSmall(GatewayOrder order) {
        return order instanceof GatewayOrder.RetireReplica o
                && o.replica().node().equals(SMALL);
    }

    @Test
    void cancelBringsBackAReplicaWhoseOrderToGoWasLost() {
        host.mostDelaySeconds = 0.9;
        Operation op = start(redeploy(SMALL));
        runUntil("the old one is told to go", () -> host.ordered.stream().anyMatch(this::retiresSmall));
        gateway().cut = true;
        host.run(0.5);
        cancel(op);
        gateway().cut = false;
        runUntilFinal(op);
        assertEquals(OperationState.ROLLED_BACK, now(op).state(), now(op).toString());
        assertEquals(Set.of("chat-8b-1"), chats(SMALL));
        assertEquals(1, gateway().weight(SMALL.name() + "/replicas/chat-8b-1"));
    }

    @Test
    void deathOnTheWayBackEndsWithWhatIsLeft() {
        Operation op = start(redeploy(SMALL));
        runUntil("the fresh one is there", () -> chats(SMALL).equals(Set.of("chat-8b-op1-1")));
        cancel(op);
        runUntil("it is cleared", () -> chats(SMALL).isEmpty());
        host.lattice.kill(host.lattice.node(SMALL));
        runUntilFinal(op);
        assertEquals(OperationState.FAILED, now(op).state(), now(op).toString());
        assertEquals("TARGET_LOST", now(op).failureReason());
        assertTrue(now(op).message().endsWith(SMALL + " has no chat-8b in place of chat-8b-1"), now(op).message());
        assertEquals(Set.of(), chats(SMALL));
    }

    @Test
    void nodeThatKeepsTheNewVersionIsNamedByTheRollback() {
        var both = new OperationSpec.Redeploy(
                FakeLattice.CHAT, "2", List.of(BIG, SMALL), 1, Duration.ofSeconds(60), 0, 0, 1);
        Operation op = start(both);
        runUntil("it bakes", () -> now(op).phase().equals("BAKE"));
        host.lattice.kill(host.lattice.node(SMALL));
        host.run(1);
        cancel(op);
        runUntilFinal(op);
        assertEquals(OperationState.FAILED, now(op).state(), now(op).toString());
        assertTrue(now(op).message().contains(SMALL + " has chat-8b-op1-2 of version 2"), now(op).message());
        assertEquals(Set.of("chat-8b-1"), chats(BIG));
    }

    @Test
    void standInLeftOnADeadHostIsRetiredThoughTheDrainIsCancelled() {
        Operation op = surging();
        runUntil("it loads", () -> host.lattice.nodes.keySet().stream().anyMatch(n -> chats(n).size() > 1));
        NodeId first = standInNode();
        FakeGateway owner = Objects.requireNonNull(host.lattice.gateways.get(host.lattice.owner(first)));
        owner.cut = true;
        host.lattice.kill(host.lattice.node(first));
        host.run(0.2);
        cancel(op);
        host.run(1);
        owner.cut = false;
        host.lattice.revive(host.lattice.node(first));
        runUntilFinal(op);
        assertEquals(OperationState.CANCELLED, now(op).state(), now(op).toString());
        assertEquals(Set.of("chat-8b-1"), chats(first));
    }

    @Test
    void targetThatDiesDuringACancelGetsItsTrafficBack() {
        host.longShare = 1;
        Operation op = drain(BIG);
        runUntil("it is quiet outside", () -> now(op).phase().equals("QUIESCE"));
        cancel(op);
        host.lattice.kill(host.lattice.node(BIG));
        runUntilFinal(op);
        assertEquals(OperationState.CANCELLED, now(op).state(), now(op).toString());
        assertEquals(AdminState.SERVING, host.lattice.node(BIG).admin);
        host.lattice.gateways.values().forEach(g -> assertEquals(1, g.weight(BIG.name())));
    }

    @Test
    void standInOfARunningDrainIsNobodyElsesToReplace() {
        host.longShare = 1;
        Operation op = surging();
        runUntil("it is quiet outside", () -> now(op).phase().equals("QUIESCE"));
        NodeId other = standInNode();
        Plan plan = host.coordinator.plan(redeploy(other), ALICE);
        OrderRefused busy = assertThrows(OrderRefused.class, () -> host.coordinator.arm(plan.hash(), ALICE));
        assertEquals("TARGET_BUSY", busy.reason());
        assertTrue(String.valueOf(busy.getMessage()).contains("chat-8b-op1-1"), busy.getMessage());
    }

    @Test
    void restoreRetiresWhatARedeployPutInTheStandInsPlace() {
        Operation op = surging();
        runUntilFinal(op);
        NodeId other = standInNode();
        Operation fresh = start(redeploy(other));
        runUntilFinal(fresh);
        assertEquals(Set.of("chat-8b-op2-1", "chat-8b-op2-2"), chats(other));
        Operation back = start(new OperationSpec.Restore(List.of(SMALL), Duration.ofSeconds(2)));
        runUntilFinal(back);
        assertEquals(OperationState.SUCCEEDED, now(back).state(), now(back).toString());
        assertEquals(1, chats(other).size());
    }

    @Test
    void restoreIsCalledOffThoughAStandInsNodeHasDied() {
        Operation op = surging();
        runUntilFinal(op);
        NodeId other = standInNode();
        Operation back = start(new OperationSpec.Restore(List.of(SMALL), Duration.ofSeconds(1)));
        runUntil("it serves", () -> now(back).phase().equals("SERVE"));
        FakeGateway third = third(other);
        third.cut = true;
        runUntil("it retires", () -> chats(other).size() == 1);
        host.lattice.kill(host.lattice.node(other));
        cancel(back);
        third.cut = false;
        runUntilFinal(back);
        assertEquals(OperationState.FAILED, now(back).state(), now(back).toString());
        assertTrue(
                now(back).message().endsWith(other + " died and chat-8b-op1-1 is not there again"),
                now(back).message());
        assertEquals(AdminState.DRAINED, host.lattice.node(SMALL).admin);
    }
}
