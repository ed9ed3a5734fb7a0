package io.latticeconsole.fuzz;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListFaultsRequest;
import io.latticeconsole.proto.v1.ListModelsRequest;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.ListNodesResponse;
import io.latticeconsole.proto.v1.ListOperationsRequest;
import io.latticeconsole.proto.v1.ListRoutesRequest;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.security.Role;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// An honest supervisor at a lattice under attack, who reads what there is and arms a plan now and then, so that
/// attackers have true names and live tokens.
final class Lookout {
    private static final int PATIENCE_SECONDS = 30;

    private final LatticeServiceGrpc.LatticeServiceBlockingStub lattice;
    private final OperationServiceGrpc.OperationServiceBlockingStub operations;
    private final ExerciseServiceGrpc.ExerciseServiceBlockingStub exercise;
    private final ManagedChannel channel;

    /// What must not change without authority.
    record State(List<String> nodes, List<String> operations, boolean paused, double rate) {}

    Lookout(ManagedChannel channel) {
        this.channel = channel;
        lattice = LatticeServiceGrpc.newBlockingStub(channel).withWaitForReady();
        operations = OperationServiceGrpc.newBlockingStub(channel).withWaitForReady();
        exercise = ExerciseServiceGrpc.newBlockingStub(channel).withWaitForReady();
    }

    static Lookout at(Target target) {
        ManagedChannel channel = target.channels().get(Role.SUPERVISOR.unit());
        if (channel == null) {
            throw new IllegalArgumentException("no supervisor at " + target.name());
        }
        return new Lookout(channel);
    }

    private LatticeServiceGrpc.LatticeServiceBlockingStub lattice() {
        channel.resetConnectBackoff();
        return lattice.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private OperationServiceGrpc.OperationServiceBlockingStub operations() {
        return operations.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// The state now.
    State state() {
        Lattice now = lattice().getLattice(GetLatticeRequest.getDefaultInstance());
        ListNodesResponse nodes = lattice().listNodes(ListNodesRequest.getDefaultInstance());
        return new State(
                nodes.getNodesList().stream()
                        .map(n -> n.getName() + " " + n.getAdminState())
                        .toList(),
                running().stream().map(Operation::getName).toList(),
                now.getClock().getPaused(),
                now.getClock().getRate());
    }

    List<Operation> running() {
        return operations()
                .listOperations(
                        ListOperationsRequest.newBuilder().setPageSize(1000).build())
                .getOperationsList();
    }

    /// Reads what the lattice says, and arms the drain of one of its nodes.
    void tell(Vocabulary words, SplittableRandom random) {
        words.learn(lattice().getLattice(GetLatticeRequest.getDefaultInstance()));
        ListNodesResponse nodes = lattice().listNodes(ListNodesRequest.getDefaultInstance());
        words.learn(nodes);
        words.learn(lattice().listModels(ListModelsRequest.getDefaultInstance()));
        words.learn(lattice().listRoutes(ListRoutesRequest.getDefaultInstance()));
        words.learn(
                lattice().listEvents(ListEventsRequest.newBuilder().setNewest(5).build()));
        running().forEach(words::learn);
        try {
            words.learn(exercise.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .listFaults(ListFaultsRequest.getDefaultInstance()));
            var plan = operations()
                    .planOperation(PlanOperationRequest.newBuilder()
                            .setSpec(OperationSpec.newBuilder()
                                    .setDrain(DrainSpec.newBuilder()
                                            .addTargets(nodes.getNodes(random.nextInt(nodes.getNodesCount()))
                                                    .getName())))
                            .build());
            words.learn(plan);
            words.learn(operations()
                    .armOperation(ArmOperationRequest.newBuilder()
                            .setPlanHash(plan.getPlanHash())
                            .build()));
        } catch (StatusRuntimeException refused) {
            // somebody else has armed it, or a drain of it runs
            words.say("reason", String.valueOf(refused.getMessage()));
        }
    }
}
