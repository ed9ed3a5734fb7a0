package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.plan.LoadView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A host for a coordinator over a [FakeLattice]: a network with delay, loss and doubles, and traffic.
final class FakeHost implements CoordinatorHost {
    static final Duration TICK = Duration.ofMillis(50);

    final Timeline time = new Timeline();
    final FakeLattice lattice;
    final Coordinator coordinator;
    final SplittableRandom random;
    final Map<OperationId, Operation> operations = new LinkedHashMap<>();
    final Map<String, Arm> arms = new LinkedHashMap<>();
    final List<EventRecord> events = new ArrayList<>();
    final List<GatewayOrder> ordered = new ArrayList<>();
    final List<String> broken = new ArrayList<>();
    final Map<ModelId, Double> offered = new TreeMap<>();
    final Map<SiteId, Double> slow = new TreeMap<>();
    double lossRatio;
    double doubleRatio;
    double mostDelaySeconds = 0.2;
    double longShare = 0.02;
    double badShare = 0.3;
    /// No request arrives anywhere.
    boolean quiet;
    /// Nodes do not report replicas of this version.
    String muteVersion = "";
    /// Every request of this model fails.
    @Nullable
    ModelId errs;

    private final FakeLoad seen;
    private final Map<GatewayId, Instant> heard = new HashMap<>();
    private final Set<NodeId> stopping = new TreeSet<>();
    private double carry;
    private Instant viewed = Instant.MIN;
    private LoadView view = LoadView.EMPTY;

    FakeHost(long seed, int sitesPerRegion, List<Integer> memories) {
        random = new SplittableRandom(seed);
        lattice = new FakeLattice(time, sitesPerRegion, memories);
        seen = new FakeLoad(lattice, offered, slow);
        coordinator = new Coordinator(this, seed);
        lattice.gateways.keySet().forEach(g -> heard.put(g, time.now()));
        offered.put(FakeLattice.CHAT, 0.5 * FakeLattice.CAPACITY * lattice.nodes.size());
        offered.put(FakeLattice.EMBED, 0.2 * FakeLattice.CAPACITY * lattice.nodes.size());
    }

    void run(double seconds) {
        for (int i = 0; i < seconds * 20; i++) {
            time.advance(TICK);
            traffic();
            lattice.gateways.values().stream().filter(g -> !g.cut).forEach(g -> heard.put(g.id, time.now()));
            coordinator.tick();
            watch();
        }
    }

    // --- traffic: one arrival in a while per router and model, to a random ready replica by the router's weights

    private void traffic() {
        carry += quiet ? 0 : 1.2;
        while (carry > 1) {
            carry--;
            FakeGateway router = List.copyOf(lattice.gateways.values()).get(random.nextInt(lattice.gateways.size()));
            ModelId model = random.nextBoolean() ? FakeLattice.CHAT : FakeLattice.EMBED;
            route(router, model);
        }
    }

    private void route(FakeGateway router, ModelId model) {
        List<FakeNode.Request> choice = new ArrayList<>();
        List<FakeNode> where = new ArrayList<>();
        for (FakeNode n : lattice.nodes.values()) {
            n.replicas.forEach((id, r) -> {
                double weight = Math.min(router.weight(n.id.name()), router.weight(id.name()));
                if (n.alive && r.state == ReplicaState.READY && r.model.equals(model) && random.nextDouble() < weight) {
                    choice.add(new FakeNode.Request(id, time.now()));
                    where.add(n);
                }
            });
        }
        if (!choice.isEmpty()) {
            int i = random.nextInt(choice.size());
            FakeNode n = where.get(i);
            routed(n);
            time.in(random.nextDouble(0.3), () -> arrive(n, choice.get(i)));
        }
    }

    /// Nothing may be sent to a node once its drain has propagated.
    private void routed(FakeNode n) {
        for (Operation op : operations.values()) {
            boolean after = op.phase().equals("QUIESCE")
                    || op.phase().equals("MIGRATE")
                    || op.phase().equals("DEADLINE");
            boolean target = op.targets().stream().anyMatch(t -> n.id.name().startsWith(t.name()));
            if (after && target && !op.state().isFinal() && n.alive && n.admin == AdminState.DRAINING) {
                broken.add(op.id() + " in " + op.phase() + ", and " + n.id + " still gets requests");
            }
        }
    }

    private void arrive(FakeNode n, FakeNode.Request request) {
        if (n.alive && n.replicas.containsKey(request.replica)) {
            if (n.admin == AdminState.DRAINED) {
                broken.add(n.id + " is DRAINED and gets a request");
            }
            count(Objects.requireNonNull(n.replicas.get(request.replica)));
            n.running.add(request);
            double seconds = random.nextDouble() < longShare ? random.nextDouble(5, 40) : random.nextDouble(0.1, 3);
            time.in(seconds, () -> {
                if (!request.ended) {
                    n.running.remove(request);
                }
            });
        }
    }

    private void count(FakeNode.FakeReplica r) {
        boolean bad = r.version.equals(lattice.gateways.values().iterator().next().badVersion);
        r.requests++;
        r.failed += (bad && random.nextDouble() < badShare) || r.model.equals(errs) ? 1 : 0;
    }

    // --- what has to hold at every moment

    private void watch() {
        for (FakeNode n : lattice.nodes.values()) {
            if (n.alive && n.admin == AdminState.DRAINED && !n.running.isEmpty()) {
                broken.add(n.id + " is DRAINED with " + n.running.size() + " in flight");
            }
        }
        List<Arm> held = List.copyOf(arms.values());
        for (int i = 0; i < held.size(); i++) {
            for (int j = i + 1; j < held.size(); j++) {
                if (Arms.conflict(held.get(i).targets(), held.get(j).targets())) {
                    broken.add("two arms on " + held.get(i).targets());
                }
            }
        }
    }

    /// Requests/s that replicas told to be ready can serve, apart from nodes that stop.
    double capacity(ModelId model) {
        double sum = 0;
        for (FakeNode n : lattice.nodes.values()) {
            boolean serves = n.alive
                    && n.admin != AdminState.DRAINING
                    && n.admin != AdminState.DRAINED
                    && !stopping.contains(n.id);
            for (FakeNode.FakeReplica r : n.replicas.values()) {
                sum += serves && r.state == ReplicaState.READY && r.model.equals(model) ? FakeLattice.CAPACITY : 0;
            }
        }
        return sum;
    }

    double required(ModelId model) {
        return 0.8 * offered.getOrDefault(model, 0.0) / 0.8;
    }

    // --- host

    @Override
    public LatticeState lattice() {
        return lattice.told;
    }

    @Override
    public LoadView load() {
        if (!time.now().equals(viewed)) {
            view = seen.look(muteVersion);
            viewed = time.now();
        }
        return view;
    }

    @Override
    public Instant latticeTime() {
        return time.now();
    }

    @Override
    public Instant wallTime() {
        return time.now();
    }

    @Override
    public List<GatewayId> gateways() {
        return List.copyOf(lattice.gateways.keySet());
    }

    @Override
    public boolean reachable(GatewayId gateway) {
        Instant last = heard.getOrDefault(gateway, time.now());
        return Duration.between(last, time.now()).toMillis() <= 2_500;
    }

    @Override
    public void order(GatewayId to, long orderId, GatewayOrder order) {
        ordered.add(order);
        stops(order);
        FakeGateway gateway = lattice.gateways.get(to);
        if (gateway == null) {
            throw new IllegalArgumentException("no such gateway " + to);
        }
        int copies = random.nextDouble() < doubleRatio ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            deliver(gateway, () -> {
                GatewayAnswer answer = gateway.take(orderId, order);
                deliver(gateway, () -> coordinator.answered(answer));
            });
        }
    }

    /// The moment at which the coordinator takes a node out of service: the budget has to allow it.
    private void stops(GatewayOrder order) {
        if (!(order instanceof GatewayOrder.SetAdminState(OperationId _, NodeId node, AdminState state, String _))) {
            return;
        }
        if (state != AdminState.DRAINING) {
            stopping.remove(node);
        } else if (lattice.node(node).alive && lattice.node(node).admin == AdminState.CORDONED && stopping.add(node)) {
            long chat = lattice.node(node).replicas.values().stream()
                    .filter(r -> r.state == ReplicaState.READY && r.model.equals(FakeLattice.CHAT))
                    .count();
            double after = capacity(FakeLattice.CHAT);
            double before = after + chat * FakeLattice.CAPACITY;
            double required = required(FakeLattice.CHAT) - 1e-6;
            if (after < required && before >= required) {
                broken.add("the drain of " + node + " leaves " + after + "/s of " + required(FakeLattice.CHAT));
            }
        }
    }

    private void deliver(FakeGateway gateway, Runnable what) {
        if (!gateway.cut && random.nextDouble() >= lossRatio) {
            time.in(0.005 + random.nextDouble(mostDelaySeconds), () -> {
                if (!gateway.cut) {
                    what.run();
                }
            });
        }
    }

    @Override
    public void publish(Fact fact) {
        switch (fact) {
            case Fact.OperationChanged(Operation op) -> operations.put(op.id(), op);
            case Fact.ArmTaken(Arm arm) -> arms.put(arm.planHash(), arm);
            case Fact.ArmReleased(String hash) -> arms.remove(hash);
            case Fact.LatticeChanged(var event) -> lattice.told = LatticeReducer.apply(lattice.told, event);
            case Fact.EndpointChanged _,
                    Fact.FailoverChanged _,
                    Fact.FaultChanged _,
                    Fact.FaultRemoved _,
                    Fact.EventLogged _ -> broken.add("the coordinator published " + fact);
        }
    }

    @Override
    public void log(String type, Severity severity, String subject, String message, String operator, String cause) {
        events.add(new EventRecord(
                events.size() + 1, time.now(), time.now(), type, severity, subject, message, operator, cause));
    }
}
