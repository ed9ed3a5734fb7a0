package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.Reply;
import io.latticeconsole.lattice.ReplicaState;
import java.util.List;

/// Requests on their way over the network, to a replica and back; what is lost there is sent again.
final class Traffic {
    /// Whatever is sent into a cut path or to a silent machine is sent again after so long, as TCP does.
    private static final long RETRANSMIT_NANOS = 300_000_000L;

    private static final List<Reply> REPLIES = List.of(Reply.OK, Reply.FAILED, Reply.REFUSED, Reply.ABORTED);

    private final Simulation sim;
    final Attempts attempts = new Attempts();

    Traffic(Simulation sim) {
        this.sim = sim;
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
            sim.execution.accept(a, e);
        }
    }

    /// The first token goes to the ingress.
    void announce(int a, Engine e) {
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

    /// A machine answers.
    void reply(int a, Reply reply) {
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
        sim.execution.drop(sim.engine(attempts.engine[a]), a);
    }
}
