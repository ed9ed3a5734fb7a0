package io.latticeconsole.agent.node;

import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ReplicaState;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Brings replicas into a machine's engine and out of it, and looks whether they are still there.
///
/// One load or unload runs at a time: engines serialise them anyway, and a version that goes must not take one with it
/// that has just come. An engine that cannot be reached is waited for: it may be starting.
final class ReplicaLoader {
    private static final System.Logger LOG = System.getLogger(ReplicaLoader.class.getName());
    private static final long AGAIN_MILLIS = 500;
    private static final int NOMINAL_OF = 3;

    private final Engine engine;
    private final Map<ModelId, ServedModel> models = new LinkedHashMap<>();
    private final Replicas replicas;
    private final Executor work;
    private final ReentrantLock turn = new ReentrantLock(true);

    ReplicaLoader(Engine engine, List<ServedModel> models, Replicas replicas, Executor work) {
        this.engine = engine;
        this.replicas = replicas;
        this.work = work;
        models.forEach(m -> this.models.put(m.id(), m));
    }

    /// A version as the engine calls it.
    ModelVersion served(ModelId model, String version) {
        ServedModel served = models.get(model);
        return new ModelVersion(served == null ? model.code() : served.engineName(), version);
    }

    /// Loads and warms a replica, in its turn.
    void bring(LocalReplica replica) {
        ServedModel served = models.get(replica.model);
        if (served == null) {
            replicas.move(replica, ReplicaState.FAILED, "this machine's engine has no " + replica.model.code());
        } else {
            work.execute(() -> bring(replica, served));
        }
    }

    private void bring(LocalReplica replica, ServedModel served) {
        turn.lock();
        try {
            if (!isLoaded(replica.served)) {
                engine.load(replica.served);
            }
            replicas.move(replica, ReplicaState.WARMING, "");
            double[] ms = new double[NOMINAL_OF];
            for (int i = 0; i < ms.length; i++) {
                long start = System.nanoTime();
                engine.warm(replica.served, served.sample());
                ms[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(ms);
            replica.nominalMs = ms[NOMINAL_OF / 2];
            replicas.move(replica, ReplicaState.READY, "");
        } catch (EngineProblem problem) {
            failed(replica, problem);
        } finally {
            turn.unlock();
        }
        unloadIfIdle(replica);
    }

    private void failed(LocalReplica replica, EngineProblem problem) {
        String said = String.valueOf(problem.getMessage());
        if (problem.kind() == EngineProblem.Kind.UNREACHABLE || problem.kind() == EngineProblem.Kind.TIMED_OUT) {
            replicas.move(replica, ReplicaState.LOADING, "waits for its engine: " + said);
            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, work)
                    .execute(() -> againIfWanted(replica));
        } else {
            LOG.log(System.Logger.Level.WARNING, "{0} {1}: {2}", replica.code, replica.version, said);
            replicas.move(replica, ReplicaState.FAILED, said);
        }
    }

    private void againIfWanted(LocalReplica replica) {
        if (replicas.of(replica.code) == replica && replica.state == ReplicaState.LOADING) {
            bring(replica);
        }
    }

    private boolean isLoaded(ModelVersion version) throws EngineProblem {
        return engine.models().stream()
                .anyMatch(m -> m.model().equals(version) && m.state() == EngineModel.State.READY);
    }

    /// Looks whether the engine still has what should serve, and brings back what it has lost, as after a restart of
    /// its own. Blocks for as long as the engine takes to answer.
    void review() {
        List<LocalReplica> claimed = replicas.ready();
        if (claimed.isEmpty() || turn.isLocked()) {
            return;
        }
        try {
            List<ModelVersion> loaded = engine.models().stream()
                    .filter(m -> m.state() == EngineModel.State.READY)
                    .map(EngineModel::model)
                    .toList();
            claimed.stream().filter(r -> !loaded.contains(r.served)).forEach(r -> lost(r, "the engine has lost it"));
        } catch (EngineProblem problem) {
            if (problem.kind() == EngineProblem.Kind.UNREACHABLE) {
                claimed.forEach(r -> lost(r, String.valueOf(problem.getMessage())));
            }
        }
    }

    private void lost(LocalReplica replica, String why) {
        LOG.log(System.Logger.Level.WARNING, "{0} {1} is loaded again: {2}", replica.code, replica.version, why);
        replicas.move(replica, ReplicaState.LOADING, why);
        bring(replica);
    }

    /// Unloads a replica that is to go once nothing runs on it, in its turn. Its version stays while another uses it.
    void unloadIfIdle(LocalReplica replica) {
        work.execute(() -> {
            turn.lock();
            try {
                if (replicas.removeIfIdle(replica) && !replicas.uses(replica.served) && isLoaded(replica.served)) {
                    engine.unload(replica.served);
                }
            } catch (EngineProblem problem) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is gone, but its version was not unloaded: {1}",
                        replica.code,
                        problem.getMessage());
            } finally {
                turn.unlock();
            }
        });
    }

    /// How long one real inference on a replica takes, ms; blocks.
    ///
    /// @throws EngineProblem NOT_READY where there is no such replica
    double probe(String code, Duration deadline) throws EngineProblem {
        LocalReplica replica = replicas.of(code);
        ServedModel served = replica == null ? null : models.get(replica.model);
        if (replica == null || served == null) {
            throw new EngineProblem(EngineProblem.Kind.NOT_READY, "there is no replica " + code + " here");
        }
        long start = System.nanoTime();
        engine.infer(
                served.sample().toBuilder()
                        .setModelName(replica.served.name())
                        .setModelVersion(replica.served.version())
                        .build(),
                deadline);
        return (System.nanoTime() - start) / 1e6;
    }
}
