package io.latticeconsole.agent.node;

import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.telemetry.RecentLatencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The replicas of this machine and what runs on them. Any thread; nothing here waits for the engine.
final class Replicas {
    /// What runs and waits on this machine; `aborted` is how much an order has aborted.
    record Counts(int running, double oldestSeconds, int aborted) {}

    /// What is kept of the counts for the error ratio from one report to the next.
    private static final double KEPT = 0.94;

    /// All replicas, the 95th percentile of all requests' latency in ms, and the share that failed lately.
    @SuppressWarnings("ArrayRecordComponent") // written once, then only read
    record Told(NodeReport.Replica[] replicas, double latencyP95, double errorRatio) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final ReplicaLoader loader;
    private final Map<String, LocalReplica> replicas = new LinkedHashMap<>();
    private final float[] latency = new float[RecentLatencies.BUCKETS];
    private double succeeded;
    private double failed;

    /// @param work runs what waits for the engine; a task may block
    Replicas(Engine engine, List<ServedModel> models, Executor work) {
        this.loader = new ReplicaLoader(engine, models, this, work);
    }

    /// What brings replicas into the engine and out of it.
    ReplicaLoader loader() {
        return loader;
    }

    /// Takes the order to load a version; one that is there under that name already stays.
    void load(String code, ModelId model, String version) {
        LocalReplica replica = new LocalReplica(code, model, version, loader.served(model, version));
        lock.lock();
        try {
            LocalReplica there = replicas.get(code);
            if (there != null && there.state != ReplicaState.FAILED && there.state != ReplicaState.DRAINING) {
                return;
            }
            replicas.put(code, replica);
        } finally {
            lock.unlock();
        }
        loader.bring(replica);
    }

    /// Moves a load on, unless the replica was retired meanwhile.
    void move(LocalReplica replica, ReplicaState state, String message) {
        lock.lock();
        try {
            if (replica.state != ReplicaState.DRAINING) {
                replica.state = state;
                replica.message = message;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes the order to let a replica finish and go; nothing happens where there is none of that name.
    void retire(String code) {
        LocalReplica replica;
        lock.lock();
        try {
            replica = replicas.get(code);
            if (replica == null) {
                return;
            }
            replica.state = ReplicaState.DRAINING;
        } finally {
            lock.unlock();
        }
        loader.unloadIfIdle(replica);
    }

    /// Removes a replica that is to go and has nothing left to do; whether it did.
    boolean removeIfIdle(LocalReplica replica) {
        lock.lock();
        try {
            return replica.state == ReplicaState.DRAINING
                    && replica.running.isEmpty()
                    && replicas.remove(replica.code, replica);
        } finally {
            lock.unlock();
        }
    }

    /// Whether any replica uses a version, or is about to.
    boolean uses(ModelVersion version) {
        lock.lock();
        try {
            return replicas.values().stream().anyMatch(r -> r.served.equals(version));
        } finally {
            lock.unlock();
        }
    }

    /// Those that claim to serve.
    List<LocalReplica> ready() {
        lock.lock();
        try {
            return replicas.values().stream()
                    .filter(r -> r.state == ReplicaState.READY)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    LocalReplica of(String code) {
        lock.lock();
        try {
            return replicas.get(code);
        } finally {
            lock.unlock();
        }
    }

    /// Lets a request begin on that replica, or on the least busy one of a model where `code` is empty; null where none
    /// serves it. A replica that drains still takes what its routers sent before they knew.
    @Nullable
    RunningRequest begin(String code, String model, String version, Runnable abort) {
        lock.lock();
        try {
            LocalReplica best = null;
            for (LocalReplica r : replicas.values()) {
                boolean asked = code.isEmpty()
                        ? r.model.code().equals(model) && (version.isEmpty() || r.version.equals(version))
                        : r.code.equals(code);
                boolean serves = r.state == ReplicaState.READY
                        || (r.state == ReplicaState.DRAINING && !Double.isNaN(r.nominalMs));
                if (asked && serves && (best == null || r.running.size() < best.running.size())) {
                    best = r;
                }
            }
            if (best == null) {
                return null;
            }
            RunningRequest request = new RunningRequest(best, System.nanoTime(), abort);
            best.running.add(request);
            return request;
        } finally {
            lock.unlock();
        }
    }

    /// The request is over, well or not.
    void end(RunningRequest request, boolean ok) {
        LocalReplica replica = request.replica;
        boolean idle;
        lock.lock();
        try {
            double ms = (System.nanoTime() - request.since) / 1e6;
            replica.running.remove(request);
            ended.signalAll();
            replica.ended(ok, ms);
            succeeded += ok ? 1 : 0;
            failed += ok ? 0 : 1;
            if (ok) {
                RecentLatencies.add(latency, ms);
            }
            idle = replica.state == ReplicaState.DRAINING && replica.running.isEmpty();
        } finally {
            lock.unlock();
        }
        if (idle) {
            loader.unloadIfIdle(replica);
        }
    }

    Counts count() {
        return counts(0);
    }

    /// Waits until nothing runs here, for so long at most; how many requests are left.
    int awaitIdle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (counts(0).running() > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
            return counts(0).running();
        } finally {
            lock.unlock();
        }
    }

    private Counts counts(int aborted) {
        lock.lock();
        try {
            long now = System.nanoTime();
            int running = 0;
            long oldest = 0;
            for (LocalReplica r : replicas.values()) {
                running += r.running.size();
                for (RunningRequest request : r.running) {
                    oldest = Math.max(oldest, now - request.since);
                }
            }
            return new Counts(running, oldest / 1e9, aborted);
        } finally {
            lock.unlock();
        }
    }

    /// Fails everything that runs here.
    Counts abort() {
        List<RunningRequest> all = new ArrayList<>();
        lock.lock();
        try {
            replicas.values().forEach(r -> all.addAll(r.running));
        } finally {
            lock.unlock();
        }
        int aborted = 0;
        for (RunningRequest request : all) {
            aborted += request.abort() ? 1 : 0;
        }
        return counts(aborted);
    }

    /// Whether any replica of a model serves now.
    boolean serves(String model, String version) {
        lock.lock();
        try {
            return replicas.values().stream()
                    .anyMatch(r -> r.state == ReplicaState.READY
                            && r.model.code().equals(model)
                            && (version.isEmpty() || r.version.equals(version)));
        } finally {
            lock.unlock();
        }
    }

    /// What a report says of replicas; `seconds` have passed since the one before.
    Told report(double seconds) {
        lock.lock();
        try {
            NodeReport.Replica[] all =
                    replicas.values().stream().map(r -> r.report(seconds)).toArray(NodeReport.Replica[]::new);
            double errors = succeeded + failed < 0.5 ? 0 : failed / (succeeded + failed);
            Told told = new Told(all, RecentLatencies.quantile(latency, 0.95), errors);
            RecentLatencies.decay(latency);
            succeeded *= KEPT;
            failed *= KEPT;
            return told;
        } finally {
            lock.unlock();
        }
    }
}
