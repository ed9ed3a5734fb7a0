package io.latticeconsole.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.GetOperationRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.Peer;
import io.latticeconsole.proto.v1.Plan;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.StartOperationRequest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/// Whoever has the answer to an order can read back what it did.
@Timeout(120)
class ReadBackTest {
    @RepeatedTest(5)
    void aStartedOperationIsThereAsSoonAsItsStartIsAnswered() throws Exception {
        try (DrillLattice drill = DrillLattice.start(new DrillOptions(24, 5, 50, null, "127.0.0.1", 0))) {
            ManagedChannel any = connect(drill.addresses().getFirst());
            Lattice lattice =
                    LatticeServiceGrpc.newBlockingStub(any).getLattice(GetLatticeRequest.getDefaultInstance());
            String node = LatticeServiceGrpc.newBlockingStub(any)
                    .listNodes(ListNodesRequest.getDefaultInstance())
                    .getNodes(0)
                    .getName();
            ManagedChannel channel = connect(lattice.getPeersList().stream()
                    .filter(p -> p.getGateway().equals(lattice.getCoordinator()))
                    .map(Peer::getAddress)
                    .findFirst()
                    .orElseThrow());
            var operations = OperationServiceGrpc.newBlockingStub(channel);
            Plan plan = operations.planOperation(PlanOperationRequest.newBuilder()
                    .setSpec(OperationSpec.newBuilder()
                            .setDrain(DrainSpec.newBuilder().addTargets(node)))
                    .build());
            String token = operations
                    .armOperation(ArmOperationRequest.newBuilder()
                            .setPlanHash(plan.getPlanHash())
                            .build())
                    .getArmToken();
            Operation started = operations.startOperation(StartOperationRequest.newBuilder()
                    .setArmToken(token)
                    .setRequestId(UUID.randomUUID().toString())
                    .setReason("read back")
                    .setAcceptRisk(true)
                    .build());
            Operation readBack = operations.getOperation(
                    GetOperationRequest.newBuilder().setName(started.getName()).build());
            assertEquals(started.getSpec(), readBack.getSpec());
            close(channel);
            close(any);
        }
    }

    private static ManagedChannel connect(String address) {
        return NettyChannelBuilder.forTarget(address).usePlaintext().build();
    }

    private static void close(ManagedChannel channel) throws InterruptedException {
        channel.shutdownNow();
        assertEquals(true, channel.awaitTermination(10, TimeUnit.SECONDS));
    }
}
