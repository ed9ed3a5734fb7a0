package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.Reply;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Requests at a replica: through its queue, prefill and batch, to their end or until they are taken away.
final class Execution {
    private final Simulation sim;
    private final Attempts attempts;
    private final RandomStream errors;
    private int[] sessionEngine = new int[1024];

    Execution(Simulation sim, Attempts attempts) {
        this.sim = sim;
        this.attempts = attempts;
        this.errors = new RandomStream(sim.world().seed(), "errors");
        Arrays.fill(sessionEngine, -1);
    }

    /// A request has reached the machine.
    void accept(int a, Engine e) {
        int session = attempts.session[a];
        int cached = session >= 0 && session < sessionEngine.length && sessionEngine[session] == e.id
                ? (int) (attempts.context[a] * ModelSpec.CACHED_SHARE)
                : 0;
        attempts.prefillTokens[a] = attempts.context[a] - cached;
        attempts.enqueued[a] = sim.now();
        attempts.state[a] = Attempts.QUEUED;
        attempts.nominalMs[a] = e.times.prefillMs(attempts.prefillTokens[a]);
        e.arrivals++;
        e.enqueue(a, attempts.nominalMs[a]);
        startPrefill(e);
    }

    private void startPrefill(Engine e) {
        if (e.prefilling >= 0 || e.queued == 0 || e.batch >= e.slots) {
            return;
        }
        e.advance(sim.now());
        int a = e.dequeue();
        e.queuedMs = e.queued == 0 ? 0 : Math.max(0, e.queuedMs - attempts.nominalMs[a]);
        e.prefilling = a;
        e.prefillStarted = sim.now();
        attempts.state[a] = Attempts.PREFILLING;
        double ms = attempts.nominalMs[a] * e.slowness();
        long wait = sim.now() - attempts.enqueued[a];
        attempts.excess[a] = wait - wait / e.weight + (long) (ms * (e.weight - 1) * 1e6);
        long nanos = (long) (ms * e.weight * 1e6);
        sim.queue.add(sim.now() + nanos, EventKind.PREFILL_DONE, e.id, ++e.prefillStamp, null);
    }

    /// The prompt is read; unless it was taken away meanwhile.
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
        attempts.ttftMs[a] = (sim.now() - attempts.enqueued[a] - attempts.excess[a]) / 1e6;
        if (e.errorRatio > 0 && errors.nextDouble() < e.errorRatio) {
            e.failed++;
            sim.traffic.reply(a, Reply.FAILED);
        } else if (attempts.generate[a] == 0) {
            finish(e, a);
        } else {
            attempts.state[a] = Attempts.DECODING;
            attempts.virtualStart[a] = e.virtualClock();
            e.join(a, e.virtualClock() + attempts.generate[a]);
            sim.traffic.announce(a, e);
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

    private void schedule(Engine e) {
        long at = e.nextCompletion(sim.now());
        if (at < e.pendingAt) {
            e.pendingAt = at;
            sim.queue.add(at, EventKind.DECODE_DONE, e.id, 0, null);
        }
    }

    /// Sequences of the batch may have ended.
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
        e.observe(attempts.ttftMs[a]);
        boolean main = e.machine.mainModel == e.modelIndex;
        e.machine.observe(
                attempts.ttftMs[a],
                e2e,
                tokens == 0 ? 0 : (e2e - attempts.ttftMs[a]) / tokens,
                main ? e.model.objective().metric() : null);
        sim.traffic.reply(a, Reply.OK);
    }

    /// Takes an attempt off its engine for good.
    void drop(Engine e, int a) {
        e.advance(sim.now());
        switch (attempts.state[a]) {
            case Attempts.QUEUED -> {
                if (e.removeQueued(a)) {
                    e.queuedMs = Math.max(0, e.queuedMs - attempts.nominalMs[a]);
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

    /// The engine is gone. Its requests are answered with `reply`, or (null) nobody answers: what was streamed
    /// is kept for their ingresses.
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
            sim.traffic.reply(a, reply);
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

    /// Tokens of an attempt that its ingress has had.
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
