package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.operation.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The first answer to each request id, so that an order sent twice has one effect. Keeps the newest 10,000.
final class FirstAnswers {
    private static final int KEPT = 10_000;

    private final Map<String, Answer> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > KEPT;
        }
    };

    /// Carries out an order, or answers as the first time.
    Operation once(String kind, String requestId, Supplier<Operation> order) {
        if (requestId.isBlank()) {
            throw Refusals.field("request_id", "expected an id of your own, such as a UUID");
        }
        Answer first = answers.get(requestId);
        if (first == null) {
            first = carryOut(kind, order);
            answers.put(requestId, first);
        }
        if (!first.kind().equals(kind)) {
            throw Refusals.reused(requestId);
        }
        return switch (first) {
            case Answer.Done(String _, Operation operation) -> operation;
            case Answer.Refused(String _, OrderRefused refused) -> throw refused;
        };
    }

    private static Answer carryOut(String kind, Supplier<Operation> order) {
        try {
            return new Answer.Done(kind, order.get());
        } catch (OrderRefused refused) {
            return new Answer.Refused(kind, refused);
        }
    }

    private sealed interface Answer {
        String kind();

        record Done(String kind, Operation operation) implements Answer {}

        record Refused(String kind, OrderRefused refused) implements Answer {}
    }
}
