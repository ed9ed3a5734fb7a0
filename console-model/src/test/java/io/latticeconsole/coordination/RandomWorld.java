package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// One run: random orders, losses, cuts, deaths and restarts, and then everything heals.
final class RandomWorld {
    private static final List<DeadlinePolicy> POLICIES = List.of(DeadlinePolicy.values());
    private static final List<Caller> CALLERS = List.of(new Caller("alice", false), new Caller("bob", true));

    /// What goes wrong besides the network: nodes die, the coordinator goes away and comes back.
    enum Mishaps {
        DEATHS,
        RESTARTS,
        BOTH
    }

    final FakeHost host;
    final SplittableRandom random;
    private final Mishaps mishaps;
    private final List<NodeId> nodes;
    private final Map<OperationId, Stand> before = new HashMap<>();
    private boolean forced;
    private int requests;

    RandomWorld(long seed, Mishaps mishaps) {
        random = new SplittableRandom(seed);
        this.mishaps = mishaps;
        host = new FakeHost(seed, 1 + random.nextInt(2), List.of(48, 24, 20));
        host.lossRatio = random.nextInt(3) * 0.1;
        host.doubleRatio = random.nextInt(3) * 0.1;
        host.mostDelaySeconds = random.nextBoolean() ? 0.1 : 0.5;
        host.longShare = random.nextInt(3) * 0.05;
        host.offered.put(
                FakeLattice.CHAT, FakeLattice.CAPACITY * host.lattice.nodes.size() * random.nextDouble(0.3, 0.8));
        nodes = List.copyOf(host.lattice.nodes.keySet());
    }

    String story() {
        var text = new StringBuilder();
        host.events.forEach(e -> text.append(e.latticeTime())
                .append(' ')
                .append(e.type())
                .append(' ')
                .append(e.message())
                .append('\n'));
        return text.toString();
    }

    void storm() {
        for (int i = 0; i < 14; i++) {
            act();
            host.run(random.nextDouble(0.1, 6));
            ended();
        }
    }

    private void act() {
        switch (random.nextInt(11)) {
            case 0, 1 -> order(drain());
            case 2 -> order(new OperationSpec.Restore(List.of(target()), Duration.ofSeconds(random.nextInt(6))));
            case 3 -> withOne(op -> host.coordinator.cancel(op, id(), "changed my mind", caller()));
            case 4 -> withOne(op -> host.coordinator.hold(op, id(), caller()));
            case 5 -> withOne(op -> host.coordinator.resume(op, id(), caller()));
            case 6 -> {
                boolean restart = mishaps == Mishaps.RESTARTS || (mishaps == Mishaps.BOTH && random.nextBoolean());
                if (restart) {
                    restart();
                    return;
                }
                FakeNode n = host.lattice.node(nodes.get(random.nextInt(nodes.size())));
                if (random.nextInt(3) == 0) {
                    toggle(n);
                }
            }
            case 7 -> {
                List<FakeGateway> all = List.copyOf(host.lattice.gateways.values());
                FakeGateway g = all.get(random.nextInt(all.size()));
                g.cut = !g.cut && random.nextBoolean();
            }
            case 8 -> order(reroute());
            case 9 -> order(redeploy());
            case 10 -> {
                String bad = random.nextInt(3) == 0 ? Integer.toString(random.nextInt(1, 3)) : "";
                host.lattice.gateways.values().forEach(g -> g.badVersion = bad);
            }
            default -> throw new IllegalStateException();
        }
    }

    private void restart() {
        host.coordinator.restarted("the coordinator was away");
        check("neither final nor held", op -> op.state() == OperationState.RUNNING);
        assertEquals(Map.of(), host.arms);
    }

    private void toggle(FakeNode n) {
        if (n.alive) {
            host.lattice.kill(n);
            if (random.nextBoolean()) {
                host.coordinator.nodeLost(n.id);
            }
        } else {
            host.lattice.revive(n);
        }
    }

    private OperationSpec drain() {
        DeadlinePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
        Duration deadline = random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(4, 30));
        return new OperationSpec.Drain(List.of(target()), deadline, policy);
    }

    private OperationSpec reroute() {
        RouteId route = List.copyOf(host.lattice.told.routes().keySet()).get(random.nextInt(3));
        double far = random.nextDouble();
        List<SiteId> sites = List.copyOf(host.lattice.told.sites().keySet());
        SiteId one = sites.get(random.nextInt(sites.size()));
        SiteId other = sites.get(random.nextInt(sites.size()));
        List<SiteWeight> weights = one.equals(other)
                ? List.of(new SiteWeight(one, 1))
                : List.of(new SiteWeight(one, 1 - far), new SiteWeight(other, far));
        host.slow.put(one, random.nextInt(4) == 0 ? 9_000.0 : 300.0);
        Duration expiry = random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(1, 60));
        return new OperationSpec.Reroute(route, "", RouteMode.WEIGHTED, weights, 0.1, expiry, random.nextBoolean());
    }

    private OperationSpec redeploy() {
        String version = Integer.toString(random.nextInt(1, 3));
        Duration bake = Duration.ofSeconds(random.nextInt(6));
        return new OperationSpec.Redeploy(
                FakeLattice.CHAT, version, List.of(), random.nextDouble(0.5), bake, 0, 0, random.nextInt(4));
    }

    private ResourceName target() {
        NodeId node = nodes.get(random.nextInt(nodes.size()));
        return random.nextInt(5) == 0 ? node.site() : node;
    }

    private Caller caller() {
        return CALLERS.get(random.nextInt(CALLERS.size()));
    }

    private String id() {
        return "request-" + ++requests;
    }

    private void order(OperationSpec spec) {
        try {
            Caller caller = caller();
            Plan plan = host.coordinator.plan(spec, caller);
            Armed armed = host.coordinator.arm(plan.hash(), caller);
            if (random.nextInt(4) == 0) {
                return;
            }
            Stand stand = Stand.of(host);
            String id = id();
            int operations = host.operations.size();
            Operation op = host.coordinator.start(armed.token(), id, "", false, caller);
            Operation again = host.coordinator.start(armed.token(), id, "", false, caller);
            assertEquals(op, again);
            assertEquals(operations + 1, host.operations.size());
            before.put(op.id(), stand);
            forced |= spec instanceof OperationSpec.Drain d && d.policy() == DeadlinePolicy.FORCE;
        } catch (OrderRefused refused) {
            assertEquals(false, refused.reason().isBlank());
        }
    }

    private void withOne(java.util.function.Consumer<OperationId> what) {
        List<OperationId> open = host.operations.values().stream()
                .filter(op -> !op.state().isFinal())
                .map(Operation::id)
                .toList();
        if (!open.isEmpty()) {
            try {
                what.accept(open.get(random.nextInt(open.size())));
            } catch (OrderRefused refused) {
                assertEquals("BUDGET", refused.reason());
            }
        }
    }

    /// Everything heals; after a while every operation is final or held, and resuming or cancelling ends it.
    void calm() {
        host.lattice.gateways.values().forEach(g -> g.cut = false);
        host.lossRatio = 0;
        settle(420);
        ended();
        check("neither final nor held", op -> op.state() == OperationState.RUNNING);
        for (Operation op : List.copyOf(host.operations.values())) {
            if (!op.state().isFinal()) {
                host.coordinator.cancel(op.id(), id(), "over", caller());
            }
        }
        settle(300);
        ended();
        check("not final after a cancel", op -> !op.state().isFinal());
        int aborted =
                host.lattice.gateways.values().stream().mapToInt(g -> g.aborted).sum();
        if (!forced && aborted > 0) {
            host.broken.add(aborted + " aborted without FORCE");
        }
    }

    /// Runs until nothing moves any more, but no longer than an operation may take.
    private void settle(double seconds) {
        for (double t = 0; t < seconds && running(); t += 5) {
            host.run(5);
        }
    }

    private boolean running() {
        return host.operations.values().stream().anyMatch(op -> op.state() == OperationState.RUNNING);
    }

    private void check(String what, java.util.function.Predicate<Operation> wrong) {
        host.operations.values().stream().filter(wrong).forEach(op -> host.broken.add(what + ": " + op));
    }

    /// A cancelled operation has left everything as it was, apart from what died meanwhile.
    private void ended() {
        List<OperationId> done = new ArrayList<>();
        before.forEach((id, stand) -> {
            Operation op = Objects.requireNonNull(host.operations.get(id));
            if (op.state() == OperationState.CANCELLED
                    || op.state() == OperationState.ROLLED_BACK
                    || op.state() == OperationState.EXPIRED) {
                stand.differences(host, op).forEach(d -> host.broken.add(id + " " + op.state() + ", but " + d));
            }
            if (op.state().isFinal()) {
                done.add(id);
            }
        });
        done.forEach(before::remove);
    }
}
