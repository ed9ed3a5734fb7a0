package io.latticeconsole.app.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.LatticeState;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTextTest {
    @Test
    void aFieldIsCalledWhatTheScreenCallsIt() {
        assertEquals("Deadline: expected more than 0 s", told("deadline: expected more than 0 s", "deadline"));
        assertEquals(
                "Deadline: found -1 s, expected a span",
                told("PlanOperationRequest.spec.drain.deadline: found -1 s, expected a span", "spec.drain.deadline"));
        assertEquals(
                "Shares: found 3.0, expected 0.0 to 1.0",
                told("Request.spec.weights[2].weight: found 3.0, expected 0.0 to 1.0", "spec.weights[2].weight"));
        assertEquals(
                "Duration is 9, expected 0 to 5",
                told("spec.duration_seconds is 9, expected 0 to 5", "spec.duration_seconds"));
    }

    @Test
    void aFieldThatIsOnlyMentionedIsPutInWordsToo() {
        assertEquals(
                "reason is empty; accepting the risk needs one",
                told("reason is empty; accept_risk needs one", "reason"));
    }

    @Test
    void aFieldThatTheSentenceLeavesOutIsNamedInWords() {
        assertEquals("expected more than 0 s — Deadline", told("expected more than 0 s", "spec.drain.deadline"));
    }

    @Test
    void wordsThatAreNoFieldStayAsTheyCame() {
        assertEquals(
                "chat-8b has no version 'max_surge', only v1.2",
                told("models/chat-8b has no version 'max_surge', only v1.2", "models/chat-8b"));
    }

    private static String told(String message, String subject) {
        OrderRefused refused = new OrderRefused("INVALID_ARGUMENT", "BAD_FIELD", message, List.of(subject));
        LatticeState lattice = LatticeState.EMPTY;
        return RefusalText.withSubjects(lattice, RefusalText.sentence(lattice, refused), refused);
    }
}
