package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.v1.AbortRequestsRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.PeerServiceGrpc;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.security.Access;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Agents and their gateway by certificate: each call is judged where it arrives.
@Timeout(120)
class RealLatticeTlsTest {
    @TempDir
    Path folder;

    @Test
    void whoMayDoWhatIsJudgedAtGatewayAndAgents() throws Exception {
        Parties parties = new Parties(folder.resolve("pki"));
        var viewer = parties.person("vera", Role.VIEWER).read();
        var client = parties.person("app", Role.CLIENT).read();
        try (RealMachines machines = new RealMachines(
                folder,
                new Protection.MutualTls(parties.machine("agents").read()),
                new Protection.MutualTls(parties.machine("gateway").read()),
                client.channelCredentials(),
                viewer)) {
            machines.awaitServing(0);
            machines.awaitServing(1);
            assertEquals(
                    384,
                    GRPCInferenceServiceGrpc.newBlockingStub(machines.inference)
                            .modelInfer(RealMachines.request(RealMachines.MODEL))
                            .getOutputs(0)
                            .getShape(1));
            assertRefused(() -> LatticeServiceGrpc.newBlockingStub(machines.lattice)
                    .getLattice(GetLatticeRequest.getDefaultInstance()));
            assertRefused(() -> OperationServiceGrpc.newBlockingStub(machines.lattice)
                    .planOperation(PlanOperationRequest.newBuilder()
                            .setSpec(OperationSpec.newBuilder()
                                    .setDrain(DrainSpec.newBuilder().addTargets(RealMachines.name(0))))
                            .build()));
            ManagedChannel straight = machines.agent(0, viewer.channelCredentials());
            assertRefused(() ->
                    NodeServiceGrpc.newBlockingStub(straight).abortRequests(AbortRequestsRequest.getDefaultInstance()));
            straight.shutdownNow();
            assertEquals(0, machines.gateway.failures());
        }
    }

    @Test
    void everyMethodThatMachinesCallIsInTheTable() {
        for (MethodDescriptor<?, ?> method :
                NodeServiceGrpc.getServiceDescriptor().getMethods()) {
            assertEquals(
                    java.util.Set.of(Role.NODE), Access.to(method.getFullMethodName()), method.getFullMethodName());
        }
        for (MethodDescriptor<?, ?> method :
                PeerServiceGrpc.getServiceDescriptor().getMethods()) {
            assertEquals(
                    java.util.Set.of(Role.NODE), Access.to(method.getFullMethodName()), method.getFullMethodName());
        }
        for (MethodDescriptor<?, ?> method :
                GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods()) {
            assertTrue(Access.to(method.getFullMethodName()).contains(Role.NODE), method.getFullMethodName());
        }
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable call) {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode(), refused::getMessage);
    }
}
