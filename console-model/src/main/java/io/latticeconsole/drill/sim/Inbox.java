package io.latticeconsole.drill.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Orders from outside: new ones as they come, logged ones at the tick at which they took effect before. Answers go out
/// once what an order changed has been published.
final class Inbox {
    private final Orders orders;
    private final ConcurrentLinkedQueue<Submitted> submitted = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<LoggedOrder> replay;
    private final List<LoggedOrder> log = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    private record Submitted(int region, DrillOrder order, CompletableFuture<Object> answer) {}

    Inbox(Orders orders, List<LoggedOrder> replay) {
        this.orders = orders;
        this.replay = new ArrayDeque<>(replay);
    }

    /// Any thread.
    CompletableFuture<Object> submit(int region, DrillOrder order) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        submitted.add(new Submitted(region, order, answer));
        return answer;
    }

    /// Carries out what is due at a tick: first what is replayed, then what came since.
    void carryOut(long tick) {
        while (!replay.isEmpty() && replay.getFirst().tick() <= tick) {
            LoggedOrder logged = replay.removeFirst();
            carryOut(tick, logged.region(), logged.order(), new CompletableFuture<>());
        }
        for (Submitted s = submitted.poll(); s != null; s = submitted.poll()) {
            carryOut(tick, s.region(), s.order(), s.answer());
        }
    }

    private void carryOut(long tick, int region, DrillOrder order, CompletableFuture<Object> answer) {
        log.add(new LoggedOrder(tick, region, order));
        answers.add(orders.carryOut(region, order, answer));
    }

    /// Gives the answers of what was carried out.
    void giveAnswers() {
        answers.forEach(Runnable::run);
        answers.clear();
    }

    /// Every order that took effect so far.
    List<LoggedOrder> log() {
        return List.copyOf(log);
    }
}
