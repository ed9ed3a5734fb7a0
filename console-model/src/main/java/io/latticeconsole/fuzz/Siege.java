package io.latticeconsole.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.latticeconsole.proto.v1.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sends the messages: to each target and each of its methods in turn, by parties drawn by lot. Which kinds of
/// messages follow one another comes from the seed; the names in them are those that the lattice says.
final class Siege {
    private static final int AT_ONCE = 64;
    private static final int LEFT_OPEN = 24;
    private static final int REPLAYS = 256;
    private static final int LARGEST_REPLAY = 1 << 16;
    private static final int OVERSIZED = (1 << 20) + 1000;
    private static final int ANSWER_SECONDS = 40;
    private static final long DRAIN_SECONDS = 60;
    private static final int SHOWN = 5;

    private final List<Target> targets;
    private final Judge judge;
    private final SplittableRandom random;
    private final Vocabulary words = new Vocabulary();
    private final MessageMaker maker = new MessageMaker(words);
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Deque<RawCall> open = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final Queue<Message> answers = new ConcurrentLinkedQueue<>();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final Map<Long, Judge.Shot> flying = new ConcurrentHashMap<>();
    private final int[] turn;
    private volatile boolean offAir;
    private long number;

    Siege(List<Target> targets, Judge judge, long seed) {
        this.targets = targets;
        this.judge = judge;
        this.random = new SplittableRandom(seed);
        this.turn = new int[targets.size()];
    }

    Vocabulary words() {
        return words;
    }

    /// Faults that messages have injected.
    Set<String> faults() {
        return faults;
    }

    /// Sends up to `count` messages and waits until all are answered; fewer where the drill's endpoint went
    /// off the air.
    ///
    /// @param powerless whether only parties that can change nothing send them; otherwise mostly those that may
    long send(long count, boolean powerless) throws InterruptedException {
        offAir = false;
        long begun = number;
        while (number - begun < count && !offAir) {
            // the drill has most of what can be reached
            int at = random.nextInt(10) < 5 ? 0 : random.nextInt(targets.size());
            Target target = targets.get(at);
            Target.Method method =
                    target.methods().get(turn[at]++ % target.methods().size());
            List<String> parties = target.parties(method, powerless, random.nextInt(5) > 0);
            shoot(target, method, parties.get(random.nextInt(parties.size())));
        }
        settle();
        return number - begun;
    }

    private void shoot(Target target, Target.Method method, String party) throws InterruptedException {
        byte[] message = message(method);
        boolean reads = random.nextInt(100) > 0;
        boolean halfCloses = random.nextInt(100) > 0;
        boolean cutShort = random.nextInt(100) == 0;
        var shot = new Judge.Shot(number++, target, method, party, message, reads && halfCloses && !cutShort);
        if (!room.tryAcquire(ANSWER_SECONDS + 20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the servers do not answer any more: " + stuck());
        }
        flying.put(shot.number(), shot);
        RawCall call = RawCall.send(
                channel(target, party),
                method.descriptor(),
                message,
                reads,
                halfCloses,
                ANSWER_SECONDS,
                (status, trailers, answer) -> over(shot, status, trailers, answer));
        if (cutShort) {
            call.cancel();
        } else if (!method.isUnary() || !shot.whole()) {
            open.add(call);
            if (open.size() > LEFT_OPEN) {
                open.remove().cancel();
            }
        }
        for (Message heard = answers.poll(); heard != null; heard = answers.poll()) {
            words.learn(heard);
        }
    }

    private static ManagedChannel channel(Target target, String party) {
        Map<String, ManagedChannel> channels = target.channels();
        ManagedChannel channel = channels.get(party);
        if (channel == null) {
            throw new IllegalStateException("no party " + party);
        }
        return channel;
    }

    private byte[] message(Target.Method method) {
        int dice = random.nextInt(1000);
        byte[] message;
        if (dice < 100 && !sent.isEmpty()) {
            return sent.get(random.nextInt(sent.size()));
        } else if (dice < 150) {
            message = Mutation.noise(random.nextInt(300), random);
        } else if (dice == 999) {
            message = Mutation.noise(OVERSIZED, random);
        } else {
            message = maker.like(method.request(), random).toByteArray();
            message = dice < 450 ? Mutation.of(message, random) : message;
        }
        if (message.length <= LARGEST_REPLAY) {
            if (sent.size() < REPLAYS) {
                sent.add(message);
            } else {
                sent.set(random.nextInt(REPLAYS), message);
            }
        }
        return message;
    }

    private void over(Judge.Shot shot, Status status, Metadata trailers, byte @Nullable [] answer) {
        try {
            judge.look(shot, status, trailers);
            if (status.getCode() == Status.Code.UNAVAILABLE && shot.target().equals(targets.getFirst())) {
                offAir = true;
            }
            if (answer != null && status.isOk()) {
                Message heard = shot.method().response().getParserForType().parseFrom(answer);
                if (heard instanceof Fault fault) {
                    faults.add(fault.getName());
                }
                if (answers.size() < REPLAYS) {
                    answers.add(heard);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            judge.problem(shot + " was answered with what is no message: " + e);
        } finally {
            flying.remove(shot.number());
            room.release();
        }
    }

    /// Gives up what was left open and waits for the rest.
    private void settle() throws InterruptedException {
        while (!open.isEmpty()) {
            open.remove().cancel();
        }
        if (!room.tryAcquire(AT_ONCE, DRAIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("calls that did not end: " + stuck());
        }
        room.release(AT_ONCE);
    }

    private String stuck() {
        return flying.values().stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining("; "));
    }
}
