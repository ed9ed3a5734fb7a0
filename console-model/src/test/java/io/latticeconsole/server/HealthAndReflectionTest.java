package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthAndReflectionTest {
    @Test
    void aNodeServesUnlessItIsDownOrDraining() throws Exception {
        try (Served served = new Served(12)) {
            assertEquals(ServingStatus.SERVING, health(served, ""));
            assertEquals(ServingStatus.SERVING, health(served, "lattice.v1.LatticeService"));
            String node = SmallLattice.nodeId(5).name();
            assertEquals(ServingStatus.SERVING, health(served, node));
            for (AdminState admin : AdminState.values()) {
                for (Health health : Health.values()) {
                    served.gateway.publish(SmallLattice.changed(SmallLattice.node(5, admin, health, 2)));
                    var _ = served.lattice.getLattice(GetLatticeRequest.getDefaultInstance());
                    boolean serves =
                            health != Health.DOWN && admin != AdminState.DRAINING && admin != AdminState.DRAINED;
                    assertEquals(
                            serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING,
                            health(served, node),
                            admin + " " + health);
                }
            }
            StatusRuntimeException unknown =
                    assertThrows(StatusRuntimeException.class, () -> health(served, "regions/eu/sites/s-0/nodes/n99"));
            assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
        }
    }

    @Test
    void reflectionListsTheServicesOfTheContract() throws Exception {
        try (Served served = new Served(12)) {
            CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
            StreamObserver<ServerReflectionRequest> ask = ServerReflectionGrpc.newStub(served.channel)
                    .serverReflectionInfo(new StreamObserver<>() {
                        @Override
                        public void onNext(ServerReflectionResponse response) {
                            answer.complete(response);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {
                            answer.completeExceptionally(new IllegalStateException("no answer"));
                        }
                    });
            ask.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
            List<String> services = answer.get(20, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
                    .map(ServiceResponse::getName)
                    .toList();
            ask.onCompleted();
            assertTrue(
                    services.containsAll(List.of(
                            "lattice.v1.LatticeService",
                            "lattice.v1.OperationService",
                            "lattice.v1.ExerciseService",
                            "grpc.health.v1.Health")),
                    services.toString());
        }
    }

    private static ServingStatus health(Served served, String service) {
        return HealthGrpc.newBlockingStub(served.channel)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }
}
