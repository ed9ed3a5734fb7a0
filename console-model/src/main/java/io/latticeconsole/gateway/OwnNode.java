package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.XidCatalog;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.Watts;
import io.latticeconsole.world.AcceleratorRoom;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeClass;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One of a gateway's own nodes as the gateway knows it: what it heard last, and what it wants to run there.
final class OwnNode {
    static final double THROTTLE_CELSIUS = 85;

    /// The reason why a node is down that no gateway has heard of since the gateway began.
    static final String NOT_HEARD = "not heard yet";

    /// A replica that should be there. `standsFor` is the replica it replaces, null where it is there in its own right.
    record Wanted(
            int model,
            String version,
            int first,
            int count,
            @Nullable ReplicaId standsFor) {}

    final int index;
    final int handle;
    final int site;
    final NodeSpec spec;
    final Map<String, Wanted> wanted = new LinkedHashMap<>();
    int mainModel;

    /// How busy its accelerators are at the lattice's usual load: what is expected of it before its first report.
    final double usualUtilization;

    private final WorldSpec world;

    /// What it is made of: as it told, or as the configuration says until it does.
    NodeClass nodeClass;

    AcceleratorRoom room;
    long lastHeard;
    long boot;

    /// Went down together with its whole site; has come back and is loading what it had.
    boolean lostWithSite;

    boolean reloading;

    /// The other gateway whose orders it takes; empty while it takes this one's.
    String claimedBy = "";

    Health health = Health.UP;
    String reason = "";
    Instant since;
    AdminState admin = AdminState.SERVING;

    @Nullable
    NodeReport report;

    Bands bands = Bands.NONE;

    /// Expected temperature, which follows expected power as slowly as a real machine's.
    double expectedTemperature = Double.NaN;

    private boolean[] gpuHealthy;
    private int[] gpuXid;

    /// @param usualUtilization of its accelerators, 0 to 1
    OwnNode(WorldSpec world, NodeSpec spec, double usualUtilization, int handle, int index, Instant since) {
        this.world = world;
        this.usualUtilization = usualUtilization;
        this.handle = handle;
        this.index = index;
        this.spec = spec;
        this.nodeClass = spec.nodeClass();
        this.site = spec.site();
        this.room = new AcceleratorRoom(nodeClass);
        this.since = since;
        this.gpuHealthy = new boolean[nodeClass.count()];
        Arrays.fill(gpuHealthy, true);
        this.gpuXid = new int[gpuHealthy.length];
        for (NodeSpec.Placed p : spec.replicas()) {
            ModelSpec model = world.models().get(p.model());
            room.takeAt(p.firstAccelerator(), model.billions(), model.sizeBytes(), p.count());
            wanted.put(p.code(), new Wanted(p.model(), model.version(), p.firstAccelerator(), p.count(), null));
        }
        this.mainModel = MainModel.of(world, spec);
    }

    NodeId id() {
        return spec.id();
    }

    ReplicaId replicaId(String code) {
        return new ReplicaId(spec.id().name() + "/replicas/" + code);
    }

    /// It is made of something else than was known. Returns the replicas that have no room there, no longer wanted.
    List<String> becomes(NodeClass now) {
        nodeClass = now;
        room = new AcceleratorRoom(now);
        gpuHealthy = new boolean[now.count()];
        Arrays.fill(gpuHealthy, true);
        gpuXid = new int[now.count()];
        List<String> tooMuch = new ArrayList<>();
        for (String code : List.copyOf(wanted.keySet())) {
            Wanted before = wanted.remove(code);
            if (before != null && !takeIn(code, before.model(), before.version(), before.standsFor())) {
                tooMuch.add(code);
            }
        }
        return tooMuch;
    }

    /// Takes room for a replica that should be there from now on; whether there was some.
    boolean takeIn(String code, int model, String version, @Nullable ReplicaId standsFor) {
        ModelSpec m = world.models().get(model);
        int count = m.acceleratorsOn(nodeClass.type());
        int first = room.take(m.billions(), m.sizeBytes(), count);
        if (first >= 0) {
            wanted.put(code, new Wanted(model, version, first, count, standsFor));
        }
        return first >= 0;
    }

    /// The room that a replica had is free again; null if it should not be there.
    @Nullable
    Wanted letGo(String code) {
        Wanted gone = wanted.remove(code);
        if (gone != null) {
            ModelSpec m = world.models().get(gone.model());
            room.release(gone.first(), m.billions(), m.sizeBytes(), gone.count());
        }
        return gone;
    }

    /// How many accelerators it is known to have.
    int gpus() {
        return gpuHealthy.length;
    }

    /// Takes in the state of an accelerator; whether it changed.
    boolean gpu(int i, boolean healthy, int xid) {
        boolean changed = gpuHealthy[i] != healthy || gpuXid[i] != xid;
        gpuHealthy[i] = healthy;
        gpuXid[i] = xid;
        room.setBroken(i, !healthy);
        return changed;
    }

    boolean gpuHealthy(int i) {
        return gpuHealthy[i];
    }

    int xid(int i) {
        return gpuXid[i];
    }

    boolean throttled() {
        return report != null && report.throttled();
    }

    Node object(String etag) {
        AcceleratorType type = nodeClass.type();
        List<Accelerator> accelerators = new ArrayList<>();
        for (int i = 0; i < gpuHealthy.length && nodeClass.isTold(); i++) {
            String fault = gpuHealthy[i] && gpuXid[i] == 0 ? "" : XidCatalog.describe(gpuXid[i]);
            accelerators.add(new Accelerator(
                    i, type.product(), type.memoryBytes(), type.tdp(), gpuHealthy[i], gpuXid[i], fault));
        }
        ModelSpec main = mainModel < 0 ? null : world.models().get(mainModel);
        return new Node(
                spec.id(),
                index,
                nodeClass.displayName(),
                accelerators,
                admin,
                health,
                reason,
                since,
                spec.address(),
                bands,
                new HardLimits(
                        new Celsius(THROTTLE_CELSIUS),
                        new Watts(nodeClass.maxWatts()),
                        main == null ? Millis.NONE : main.objective().p95Limit()),
                main == null ? null : main.id(),
                main == null ? ObjectiveMetric.TTFT : main.objective().metric(),
                throttled(),
                etag);
    }
}
