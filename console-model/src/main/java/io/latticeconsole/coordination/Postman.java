package io.latticeconsole.coordination;

import io.latticeconsole.operation.Due;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.Run;
import io.latticeconsole.operation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Orders on their way: gives each an id, repeats it under that id every second until it is answered, and knows whose
/// answer is whose. Questions are not repeated: they are asked anew.
final class Postman {
    private static final Duration REPEAT = Duration.ofSeconds(1);

    /// Ids rise across a restart: gateways do not obey an order that an earlier one of a higher id overtook.
    private static final long ORDERS_PER_MILLI = 1_000;

    private static final Duration QUESTION_LIFE = Duration.ofSeconds(10);

    private final CoordinatorHost host;
    private final Map<OperationId, Map<String, Letter>> letters = new LinkedHashMap<>();
    private final Map<Long, Letter> byId = new HashMap<>();
    private long lastId;

    Postman(CoordinatorHost host) {
        this.host = host;
        this.lastId = host.wallTime().toEpochMilli() * ORDERS_PER_MILLI;
    }

    /// Sends what a step ordered and forgets what the operation no longer awaits.
    void send(Step step) {
        Run run = step.run();
        Map<String, Letter> mine = letters.computeIfAbsent(run.id(), _ -> new LinkedHashMap<>());
        mine.values().removeIf(letter -> {
            boolean stale =
                    letter.due.binds() && !letter.due.equals(run.awaiting().get(letter.due.slot()));
            if (stale) {
                byId.remove(letter.id);
            }
            return stale;
        });
        for (Due due : step.orders()) {
            if (due.binds() && !due.equals(run.awaiting().get(due.slot()))) {
                continue;
            }
            Letter before = mine.get(due.slot());
            if (before == null || before.answered || !due.binds()) {
                post(run.id(), mine, due);
            }
        }
    }

    private void post(OperationId operation, Map<String, Letter> mine, Due due) {
        var letter = new Letter(++lastId, operation, due, host.latticeTime());
        if (due.binds()) {
            Letter old = mine.put(due.slot(), letter);
            if (old != null) {
                byId.remove(old.id);
            }
        }
        byId.put(letter.id, letter);
        host.order(due.to(), letter.id, due.order());
    }

    /// Whose answer this is, or null for a second answer and for what nobody waits for.
    @Nullable
    Letter open(GatewayAnswer answer) {
        Letter letter = byId.get(answer.orderId());
        if (letter == null || letter.answered) {
            return null;
        }
        letter.answered = true;
        if (!letter.due.binds()) {
            byId.remove(letter.id);
        }
        return letter;
    }

    /// Repeats what is overdue.
    void tick() {
        Instant now = host.latticeTime();
        List<Letter> all = new ArrayList<>(byId.values());
        all.sort((a, b) -> Long.compare(a.id, b.id));
        for (Letter letter : all) {
            if (letter.due.binds()) {
                if (!letter.answered && !now.isBefore(letter.sent.plus(REPEAT))) {
                    letter.sent = now;
                    host.order(letter.due.to(), letter.id, letter.due.order());
                }
            } else if (now.isAfter(letter.sent.plus(QUESTION_LIFE))) {
                byId.remove(letter.id);
            }
        }
    }

    /// Forgets a finished operation that awaits nothing more.
    void forget(OperationId operation) {
        Map<String, Letter> mine = letters.remove(operation);
        if (mine != null) {
            mine.values().forEach(l -> byId.remove(l.id));
        }
    }

    /// An order that was sent.
    static final class Letter {
        private final long id;
        final OperationId operation;
        final Due due;
        private Instant sent;
        private boolean answered;

        Letter(long id, OperationId operation, Due due, Instant sent) {
            this.id = id;
            this.operation = operation;
            this.due = due;
            this.sent = sent;
        }
    }
}
