package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.OperationCodec;
import io.latticeconsole.codec.RandomObjects;
import io.latticeconsole.codec.RandomOperations;
import io.latticeconsole.codec.RefusalCodec;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.ArmOperationResponse;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.StartOperationRequest;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrdersTest {
    private static final Context.Key<String> CALLER = Context.key("caller");
    private static final Operation OPERATION = new RandomOperations(new RandomObjects(1)).operation();
    private static final LatticeOrders.Armed ARMED =
            new LatticeOrders.Armed("token", new RandomOperations(new RandomObjects(2)).arm());

    /// A coordinator that fails as often as it is told before it answers.
    private static final class Coordinator extends OperationServiceGrpc.OperationServiceImplBase {
        final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
        final BlockingQueue<StartOperationRequest> starts = new LinkedBlockingQueue<>();
        final BlockingQueue<String> callers = new LinkedBlockingQueue<>();

        final Map<String, Operation> effects = new ConcurrentHashMap<>();
        volatile @Nullable Runnable death;

        @Override
        public void startOperation(
                StartOperationRequest request, StreamObserver<io.latticeconsole.proto.v1.Operation> answer) {
            effects.putIfAbsent(request.getRequestId(), OPERATION);
            Runnable dies = death;
            if (dies != null) {
                death = null;
                dies.run();
                return;
            }
            RuntimeException failure = failures.poll();
            starts.add(request);
            if (failure == null) {
                answer.onNext(OperationCodec.toProto(OPERATION));
                answer.onCompleted();
            } else {
                answer.onError(failure);
            }
        }

        @Override
        public void armOperation(ArmOperationRequest request, StreamObserver<ArmOperationResponse> answer) {
            callers.add(String.valueOf(CALLER.get()));
            answer.onError(RefusalCodec.toProto(new OrderRefused(
                    "FAILED_PRECONDITION", "ARMED_BY_ANOTHER", "ben holds it", List.of("regions/eu/sites/par-1"))));
        }

        ServerServiceDefinition bound() {
            return ServerInterceptors.intercept(bindService(), new ServerInterceptor() {
                @Override
                public <Q, A> ServerCall.Listener<Q> interceptCall(
                        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                    String name = headers.get(Metadata.Key.of("lattice-operator", Metadata.ASCII_STRING_MARSHALLER));
                    return Contexts.interceptCall(
                            Context.current().withValue(CALLER, String.valueOf(name)), call, headers, next);
                }
            });
        }
    }

    private final HandRunLane lane = new HandRunLane();
    private final Coordinator coordinator = new Coordinator();
    private ScriptedLattice server;
    private LatticeStore store;
    private LatticeConnection connection;

    @BeforeEach
    void open() throws Exception {
        server = new ScriptedLattice(Script.info("e1"), coordinator::bound);
        store = LatticeStore.start();
        connection = LatticeConnection.open(List.of(server.address()), "Zoë", store, WatchRequest.NEWEST, lane);
        server.watch().send(Script.snapshot("e1", 1, 0, Script.region()));
        StoreWatch.await(store, s -> s.endpoints().values().stream().anyMatch(e -> e.link() == LinkState.LIVE));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        store.close();
        server.close();
    }

    private static OrderRefused refusal(CompletableFuture<?> order) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> order.get(20, TimeUnit.SECONDS));
        return assertInstanceOf(OrderRefused.class, e.getCause());
    }

    @Test
    void aRefusalNamesItsReasonAndSubjectAndTheOperatorIsNamed() throws Exception {
        OrderRefused refused = refusal(connection.orders().arm("hash"));
        assertEquals("ARMED_BY_ANOTHER", refused.reason());
        assertEquals("ben holds it", refused.getMessage());
        assertEquals(List.of("regions/eu/sites/par-1"), refused.subjects());
        assertEquals("Zo?", coordinator.callers.take());
    }

    @Test
    void aStartWhoseAnswerIsLostIsReadBackUnderTheSameRequestId() throws Exception {
        coordinator.failures.add(Status.UNAVAILABLE.withDescription("broke").asRuntimeException());
        coordinator.failures.add(Status.DEADLINE_EXCEEDED.asRuntimeException());
        var started = connection.orders().start(ARMED, "maintenance", false);
        String first = coordinator.starts.take().getRequestId();
        while (coordinator.starts.isEmpty()) {
            lane.advance(Duration.ofMillis(500));
        }
        assertEquals(1, connection.ordersReadingBack());
        while (!started.isDone()) {
            lane.advance(Duration.ofMillis(500));
        }
        assertEquals(OPERATION, started.get());
        assertEquals(first, coordinator.starts.take().getRequestId());
        assertEquals(first, coordinator.starts.take().getRequestId());
        assertEquals(0, connection.ordersReadingBack());
    }

    @Test
    void aCoordinatorThatDiesBetweenEffectAndAnswerIsReadBackOnceItIsThereAgain() throws Exception {
        CompletableFuture<Void> dead = new CompletableFuture<>();
        coordinator.death = () -> Thread.ofVirtual().start(() -> {
            try {
                server.stop();
                dead.complete(null);
            } catch (InterruptedException e) {
                dead.completeExceptionally(e);
            }
        });
        CompletableFuture<Void> unanswered = new CompletableFuture<>();
        var started = connection.orders().start(ARMED, "maintenance", false, () -> unanswered.complete(null));
        dead.get(20, TimeUnit.SECONDS);
        while (!unanswered.isDone()) {
            lane.advance(Duration.ofMillis(50));
        }
        assertEquals(1, connection.ordersReadingBack());
        assertFalse(started.isDone());
        server.comeBack();
        while (!started.isDone()) {
            lane.advance(Duration.ofMillis(50));
        }
        assertEquals(OPERATION, started.get());
        assertEquals(1, coordinator.effects.size(), "one request id, one effect");
        assertEquals(0, connection.ordersReadingBack());
    }

    @Test
    void aRefusalWithAReasonIsNotTriedAgain() throws Exception {
        coordinator.failures.add(RefusalCodec.toProto(new OrderRefused(
                "UNAVAILABLE", "UNREACHABLE", "gateways/us cannot be reached", List.of("gateways/us"))));
        OrderRefused refused = refusal(connection.orders().start(ARMED, "", false));
        assertEquals("UNREACHABLE", refused.reason());
        assertEquals(1, coordinator.starts.size());
    }

    @Test
    void aCoordinatorThatStaysAwayLeavesTheOutcomeUnknownAndSaysSo() throws Exception {
        server.stop();
        var started = connection.orders().start(ARMED, "", false);
        while (!started.isDone()) {
            lane.advance(Duration.ofSeconds(5));
        }
        OrderRefused refused = refusal(started);
        assertEquals("OUTCOME_UNKNOWN", refused.reason());
        assertEquals(0, connection.ordersReadingBack());
    }

    @Test
    void withoutAnyGatewayAnOrderSaysSoAtOnce() throws Exception {
        try (LatticeStore empty = LatticeStore.start();
                LatticeConnection alone = LatticeConnection.open(List.of("127.0.0.1:1"), "ana", empty)) {
            OrderRefused refused = refusal(alone.orders().disarm(ARMED));
            assertEquals("UNAVAILABLE", refused.code());
            assertEquals("no gateway of the lattice can be reached from here", refused.getMessage());
        }
    }
}
