package io.latticeconsole.drill.sim;

import io.latticeconsole.drill.gateway.Reply;
import io.latticeconsole.drill.world.ModelSpec;
import io.latticeconsole.drill.world.RandomStream;
import io.latticeconsole.lattice.ReplicaState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests on their way: over the network to a replica, through its queue, prefill and batch, and back.
final class Traffic {
    /// Whatever is sent into a cut path or to a silent machine is sent again after so long, as TCP does.
    private static final long RETRANSMIT_NANOS = 300_000_000L;

    private static final List<Reply> REPLIES = List.of(Reply.OK, Reply.FAILED, Reply.REFUSED, Reply.ABORTED);

    private final Simulation sim;
    final Attempts attempts = new Attempts();
    private int[] sessionEngine = new int[1024];
    private final RandomStream errors;
    private double[] nominalMs = new double[1024];
    private double[] ttftMs = new double[1024];

    Traffic(Simulation sim) {
        this.sim = sim;
        this.errors = new RandomStream(sim.world().seed(), "errors");
        Arrays.fill(sessionEngine, -1);
    }

    long dispatch(int region, int slot, int slotStamp, int engine, int context, int generate, int session, int done) {
        int a = attempts.take();
        attempts.gateway[a] = region;
        attempts.slot[a] = slot;
        attempts.slotStamp[a] = slotStamp;
        attempts.engine[a] = engine;
        attempts.context[a] = context + done;
        attempts.generate[a] = Math.max(0, generate - done);
        attempts.session[a] = session;
        if (a >= nominalMs.length) {
            nominalMs = Arrays.copyOf(nominalMs, attempts.stamp.length);
            ttftMs = Arrays.copyOf(ttftMs, attempts.stamp.length);
        }
        travel(a, attempts.handle(a));
        return attempts.handle(a);
    }

    private void travel(int a, long handle) {
        int engine = attempts.engine[a];
        long delay = engine < 0
                ? Network.BROKEN
                : sim.network.sample(
                        attempts.gateway[a], sim.engine(engine).machine.spec.site());
        long wait = delay == Network.BROKEN ? RETRANSMIT_NANOS : delay;
        sim.queue.add(sim.now() + wait, EventKind.AT_NODE, delay == Network.BROKEN ? 0 : 1, handle, null);
    }

    /// A request reaches its machine, or (`arrived` 0) has to be sent again.
    void atNode(int arrived, long handle) {
        int a = attempts.index(handle);
        if (a < 0) {
            return;
        }
        if (arrived == 0) {
            travel(a, handle);
            return;
        }
        Engine e = sim.engine(attempts.engine[a]);
        Machine machine = e.machine;
        if (machine.silent || !machine.powered) {
            sim.queue.add(sim.now() + RETRANSMIT_NANOS, EventKind.AT_NODE, 1, handle, null);
        } else if (!machine.up || e.state != ReplicaState.READY) {
            reply(a, Reply.REFUSED);
        } else {
            accept(a, e);
        }
    }

    private void accept(int a, Engine e) {
        int session = attempts.session[a];
        int cached = session >= 0 && session < sessionEngine.length && sessionEngine[session] == e.id
                ? (int) (attempts.context[a] * ModelSpec.CACHED_SHARE)
                : 0;
        attempts.prefillTokens[a] = attempts.context[a] - cached;
        attempts.enqueued[a] = sim.now();
        attempts.state[a] = Attempts.QUEUED;
        nominalMs[a] = e.times.prefillMs(attempts.prefillTokens[a]);
        e.arrivals++;
        e.enqueue(a, nominalMs[a]);
        startPrefill(e);
    }

    private void startPrefill(Engine e) {
        if (e.prefilling >= 0 || e.queued == 0 || e.batch >= e.slots) {
            return;
        }
        e.advance(sim.now());
        int a = e.dequeue();
        e.queuedMs = e.queued == 0 ? 0 : Math.max(0, e.queuedMs - nominalMs[a]);
        e.prefilling = a;
        e.prefillStarted = sim.now();
        attempts.state[a] = Attempts.PREFILLING;
        double ms = nominalMs[a] * e.slowness();
        long wait = sim.now() - attempts.enqueued[a];
        attempts.excess[a] = wait - wait / e.weight + (long) (ms * (e.weight - 1) * 1e6);
        long nanos = (long) (ms * e.weight * 1e6);
        sim.queue.add(sim.now() + nanos, EventKind.PREFILL_DONE, e.id, ++e.prefillStamp, null);
    }

    void prefillDone(int engine, long stamp) {
        Engine e = sim.engine(engine);
        if (e.prefillStamp != stamp || e.prefilling < 0) {
            return;
        }
        e.advance(sim.now());
        int a = e.prefilling;
        e.prefilling = -1;
        int session = attempts.session[a];
        if (session >= 0) {
            remember(session, e.id);
        }
        ttftMs[a] = (sim.now() - attempts.enqueued[a] - attempts.excess[a]) / 1e6;
        if (e.errorRatio > 0 && errors.nextDouble() < e.errorRatio) {
            e.failed++;
            reply(a, Reply.FAILED);
        } else if (attempts.generate[a] == 0) {
            finish(e, a);
        } else {
            attempts.state[a] = Attempts.DECODING;
            attempts.virtualStart[a] = e.virtualClock();
            e.join(a, e.virtualClock() + attempts.generate[a]);
            announce(a, e);
            schedule(e);
        }
        startPrefill(e);
    }

    private void remember(int session, int engine) {
        if (session >= sessionEngine.length) {
            int n = sessionEngine.length;
            sessionEngine = Arrays.copyOf(sessionEngine, 2 * session);
            Arrays.fill(sessionEngine, n, sessionEngine.length, -1);
        }
        sessionEngine[session] = engine;
    }

    /// The first token goes to the ingress.
    private void announce(int a, Engine e) {
        long delay = e.machine.silent ? Network.BROKEN : sim.network.sample(attempts.gateway[a], e.machine.spec.site());
        if (delay != Network.BROKEN) {
            sim.queue.add(sim.now() + delay, EventKind.FIRST_TOKEN, 0, attempts.handle(a), null);
        }
    }

    void firstToken(long handle) {
        int a = attempts.index(handle);
        if (a >= 0) {
            sim.gateway(attempts.gateway[a]).firstToken(attempts.slot[a], attempts.slotStamp[a], attempts.excess[a]);
        }
    }

    private void schedule(Engine e) {
        long at = e.nextCompletion(sim.now());
        if (at < e.pendingAt) {
            e.pendingAt = at;
            sim.queue.add(at, EventKind.DECODE_DONE, e.id, 0, null);
        }
    }

    void decodeDone(int engine) {
        Engine e = sim.engine(engine);
        if (e.pendingAt <= sim.now()) {
            e.pendingAt = Long.MAX_VALUE;
        }
        e.advance(sim.now());
        while (e.hasFinished()) {
            finish(e, e.leave());
        }
        startPrefill(e);
        schedule(e);
    }

    private void finish(Engine e, int a) {
        double e2e = (sim.now() - attempts.enqueued[a] - attempts.excess[a]) / 1e6;
        int tokens = attempts.generate[a];
        e.finished++;
        e.tokens += tokens;
        boolean main = e.machine.mainModel == e.modelIndex;
        e.machine.observe(
                ttftMs[a],
                e2e,
                tokens == 0 ? 0 : (e2e - ttftMs[a]) / tokens,
                main ? e.model.objective().metric() : null);
        reply(a, Reply.OK);
    }

    private void reply(int a, Reply reply) {
        attempts.state[a] = Attempts.REPLYING;
        attempts.streamed[a] = attempts.generate[a];
        sendReply(a, code(reply));
    }

    private static int code(Reply reply) {
        return REPLIES.indexOf(reply);
    }

    private void sendReply(int a, int reply) {
        Machine machine = sim.engine(attempts.engine[a]).machine;
        long delay = machine.silent ? Network.BROKEN : sim.network.sample(attempts.gateway[a], machine.spec.site());
        boolean broken = delay == Network.BROKEN;
        sim.queue.add(
                sim.now() + (broken ? RETRANSMIT_NANOS : delay),
                EventKind.REPLY,
                broken ? -1 - reply : reply,
                attempts.handle(a),
                null);
    }

    /// A reply reaches its ingress, or (negative) has to be sent again.
    void replied(int code, long handle) {
        int a = attempts.index(handle);
        if (a < 0) {
            return;
        }
        if (code < 0) {
            if (sim.engine(attempts.engine[a]).machine.up) {
                sendReply(a, -1 - code);
            } else {
                attempts.release(a);
            }
            return;
        }
        int gateway = attempts.gateway[a];
        int slot = attempts.slot[a];
        int stamp = attempts.slotStamp[a];
        long excess = attempts.excess[a];
        attempts.release(a);
        sim.gateway(gateway).replied(slot, stamp, handle, REPLIES.get(code), excess);
    }

    /// Nobody waits for an attempt any more: what is on its way is dropped at once, a machine is told over the network.
    void withdraw(long handle) {
        int a = attempts.index(handle);
        if (a < 0) {
            return;
        }
        switch (attempts.state[a]) {
            case Attempts.TRAVELLING, Attempts.FROZEN -> attempts.release(a);
            case Attempts.REPLYING -> {}
            default -> {
                long delay = sim.network.sample(
                        attempts.gateway[a],
                        sim.engine(attempts.engine[a]).machine.spec.site());
                if (delay != Network.BROKEN) {
                    sim.queue.add(sim.now() + delay, EventKind.WITHDRAW, 0, handle, null);
                }
            }
        }
    }

    void withdrawn(long handle) {
        int a = attempts.index(handle);
        if (a < 0 || sim.engine(attempts.engine[a]).machine.silent) {
            return;
        }
        drop(sim.engine(attempts.engine[a]), a);
    }

    /// Takes an attempt off its engine for good.
    private void drop(Engine e, int a) {
        e.advance(sim.now());
        switch (attempts.state[a]) {
            case Attempts.QUEUED -> {
                if (e.removeQueued(a)) {
                    e.queuedMs = Math.max(0, e.queuedMs - nominalMs[a]);
                    attempts.release(a);
                }
            }
            case Attempts.PREFILLING -> {
                e.prefilling = -1;
                e.prefillStamp++;
                attempts.release(a);
            }
            case Attempts.DECODING -> {
                if (e.removeMember(a)) {
                    attempts.release(a);
                }
            }
            default -> {}
        }
        startPrefill(e);
        schedule(e);
    }

    /// The engine is gone. Its requests are answered with `reply`, or (null) nobody answers: what was streamed is kept
    /// for
    /// their ingresses.
    int clear(Engine e, @Nullable Reply reply) {
        e.advance(sim.now());
        int count = 0;
        while (e.batch > 0) {
            end(e, e.leave(), reply);
            count++;
        }
        if (e.prefilling >= 0) {
            end(e, e.prefilling, reply);
            e.prefilling = -1;
            e.prefillStamp++;
            count++;
        }
        while (e.queued > 0) {
            end(e, e.dequeue(), reply);
            count++;
        }
        e.clearQueue();
        return count;
    }

    private void end(Engine e, int a, @Nullable Reply reply) {
        if (reply != null) {
            reply(a, reply);
        } else {
            attempts.streamed[a] = streamed(e, a);
            attempts.state[a] = Attempts.FROZEN;
        }
    }

    private int streamed(Engine e, int a) {
        return attempts.state[a] == Attempts.DECODING
                ? Math.min(attempts.generate[a] - 1, e.tokensSince(attempts.virtualStart[a], sim.now()))
                : 0;
    }

    int tokensStreamed(long handle) {
        int a = attempts.index(handle);
        if (a < 0) {
            return 0;
        }
        return switch (attempts.state[a]) {
            case Attempts.DECODING -> streamed(sim.engine(attempts.engine[a]), a);
            case Attempts.FROZEN -> attempts.streamed[a];
            case Attempts.REPLYING -> streamedBeforeSilence(a);
            default -> 0;
        };
    }

    /// Of a stream that ended while nobody could hear it.
    private int streamedBeforeSilence(int a) {
        double heard = sim.engine(attempts.engine[a]).silentClock - attempts.virtualStart[a];
        boolean decoded = attempts.generate[a] > 1 && heard < Double.POSITIVE_INFINITY;
        return decoded ? (int) Math.clamp(heard, 0, attempts.generate[a] - 1.0) : 0;
    }

    /// When the oldest request on the engine came, or now.
    long oldest(Engine e) {
        long oldest = sim.now();
        for (int i = 0; i < e.batch; i++) {
            oldest = Math.min(oldest, attempts.enqueued[e.members[i]]);
        }
        if (e.prefilling >= 0) {
            oldest = Math.min(oldest, attempts.enqueued[e.prefilling]);
        }
        return oldest;
    }
}
