package io.latticeconsole.wire;

import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.RefusalCodec;
import io.latticeconsole.endpoint.OrderRefused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// One order on its way: sends it, sends it again where that is safe, and completes with the answer or an
/// [OrderRefused]. `A` is the answer's message, `T` what it means.
final class OrderCall<A, T> {
    /// How long an endpoint has to answer.
    static final Duration DEADLINE = Duration.ofSeconds(5);
    /// How long a start whose outcome is unknown is read back.
    static final Duration READ_BACK = Duration.ofSeconds(60);

    private static final Duration TRY = Duration.ofSeconds(3);
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    /// What may be done about an order that got no answer.
    enum Kind {
        /// Nothing: it could take effect twice.
        ONCE,
        /// Sent again for a short while.
        REPEATABLE,
        /// Like REPEATABLE, and any other gateway may take it.
        EXERCISE,
        /// Sent again until the outcome is known.
        READ_BACK
    }

    /// How to send an order over a link and what its answer means.
    record Way<A, T>(BiConsumer<EndpointLink, StreamObserver<A>> send, Function<A, T> meaning) {}

    /// Starts whose outcome is not known yet.
    static final class Unknowns {
        private final AtomicInteger count = new AtomicInteger();

        int count() {
            return count.get();
        }
    }

    private final WireLane lane;
    private final Supplier<List<EndpointLink>> links;
    private final Unknowns unknowns;
    private final Kind kind;
    private final Way<A, T> way;
    private final Runnable unanswered;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private Duration wait = FIRST_WAIT;
    private Duration waited = Duration.ZERO;
    private int attempts;
    private boolean unknown;

    /// `unanswered` runs on the lane when the outcome becomes unknown and is read back.
    OrderCall(
            WireLane lane,
            Supplier<List<EndpointLink>> links,
            Unknowns unknowns,
            Kind kind,
            Way<A, T> way,
            Runnable unanswered) {
        this.unanswered = unanswered;
        this.lane = lane;
        this.links = links;
        this.unknowns = unknowns;
        this.kind = kind;
        this.way = way;
    }

    static <A, T> Way<A, T> way(BiConsumer<EndpointLink, StreamObserver<A>> send, Function<A, T> meaning) {
        return new Way<>(send, meaning);
    }

    CompletableFuture<T> send() {
        lane.execute(this::attempt);
        return result;
    }

    private void attempt() {
        List<EndpointLink> choice = links.get();
        if (choice.isEmpty()) {
            failed(new OrderRefused(
                    "UNAVAILABLE", "UNAVAILABLE", "no gateway of the lattice can be reached from here", List.of()));
            return;
        }
        EndpointLink link = kind == Kind.EXERCISE ? choice.get(attempts % choice.size()) : choice.getFirst();
        attempts++;
        way.send().accept(link, new StreamObserver<>() {
            @Override
            public void onNext(A answer) {
                lane.execute(() -> answered(answer));
            }

            @Override
            public void onError(Throwable failure) {
                lane.execute(() -> failed(RefusalCodec.fromProto(failure)));
            }

            @Override
            public void onCompleted() {
                // The one answer has come already.
            }
        });
    }

    private void answered(A answer) {
        known();
        try {
            result.complete(way.meaning().apply(answer));
        } catch (MalformedMessage e) {
            result.completeExceptionally(new OrderRefused(
                    "INTERNAL",
                    "MALFORMED_ANSWER",
                    "the order was taken, but its answer cannot be read: " + e.getMessage(),
                    List.of(e.path())));
        }
    }

    private void failed(OrderRefused refused) {
        // A refusal with a reason of its own was decided by the endpoint; without one the call itself failed.
        boolean lost = refused.reason().equals(refused.code()) && isBroken(refused.code());
        if (lost && waited.compareTo(patience()) < 0) {
            outcomeUnknown();
            waited = waited.plus(wait);
            lane.after(wait, this::attempt);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            return;
        }
        boolean neverKnown = unknown && lost;
        known();
        result.completeExceptionally(
                neverKnown
                        ? new OrderRefused(
                                refused.code(),
                                "OUTCOME_UNKNOWN",
                                "whether it started is unknown: the coordinator has not answered for "
                                        + READ_BACK.toSeconds() + " s; look at the operations before ordering again",
                                List.of())
                        : refused);
    }

    /// Whether a code says that the call broke: an endpoint that dies within a call ends it in several ways,
    /// all of which leave a start's outcome unknown.
    private boolean isBroken(String code) {
        return code.equals("UNAVAILABLE")
                || (kind == Kind.READ_BACK
                        && List.of("DEADLINE_EXCEEDED", "CANCELLED", "UNKNOWN", "INTERNAL")
                                .contains(code));
    }

    private Duration patience() {
        return switch (kind) {
            case ONCE -> Duration.ZERO;
            case REPEATABLE, EXERCISE -> TRY;
            case READ_BACK -> READ_BACK;
        };
    }

    private void outcomeUnknown() {
        if (kind == Kind.READ_BACK && !unknown) {
            unknown = true;
            unknowns.count.incrementAndGet();
            unanswered.run();
        }
    }

    private void known() {
        if (unknown) {
            unknown = false;
            unknowns.count.decrementAndGet();
        }
    }
}
