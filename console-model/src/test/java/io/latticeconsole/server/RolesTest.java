package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.security.Access;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RolesTest {
    private static final Set<Status.Code> NOT_LET_IN = Set.of(
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.UNIMPLEMENTED,
            Status.Code.UNAVAILABLE);

    @TempDir
    private Path folder;

    private Parties parties;

    @BeforeEach
    void issue() throws Exception {
        parties = new Parties(folder);
    }

    private Served serve(Role... roles) throws Exception {
        return new Served(
                new ScriptedGateway(12),
                EndpointLimits.DEFAULT,
                new Protection.MutualTls(parties.machine("gateway").read()),
                parties.person("ana", roles).read().channelCredentials());
    }

    private static List<MethodDescriptor<?, ?>> methods(Served served) {
        List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
        served.server
                .services()
                .forEach(s -> methods.addAll(s.getServiceDescriptor().getMethods()));
        assertTrue(methods.size() > 20, methods.toString());
        return methods;
    }

    @Test
    void everyMethodThatIsServedIsInTheTable() throws Exception {
        try (Served served = new Served(12)) {
            for (MethodDescriptor<?, ?> method : methods(served)) {
                assertFalse(Access.to(method.getFullMethodName()).isEmpty(), method.getFullMethodName());
            }
        }
    }

    @Test
    void everyRoleMayCallWhatTheTableSaysAndNothingElse() throws Exception {
        try (Served served = serve(Role.VIEWER)) {
            for (Role role : Role.values()) {
                ManagedChannel channel = served.connect(
                        parties.person("of-" + role.unit(), role).read().channelCredentials());
                try {
                    for (MethodDescriptor<?, ?> method : methods(served)) {
                        Status.Code code = EmptyCall.outcome(channel, method);
                        boolean may = Access.to(method.getFullMethodName()).contains(role);
                        assertEquals(
                                may, !NOT_LET_IN.contains(code), role + " " + method.getFullMethodName() + " " + code);
                        assertTrue(may || code == Status.Code.PERMISSION_DENIED, role + " " + method + " " + code);
                    }
                } finally {
                    channel.shutdownNow();
                }
            }
            assertEquals(0, served.server.failures());
        }
    }

    @Test
    void aRefusalNamesTheMethodAndTheRolesThatMay() throws Exception {
        try (Served served = serve(Role.VIEWER)) {
            var refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.operations.armOperation(ArmOperationRequest.getDefaultInstance()));
            assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
            ErrorInfo info = Failures.detail(refused, ErrorInfo.class);
            assertEquals("ROLE_REQUIRED", info.getReason());
            assertEquals("lattice.v1.OperationService/ArmOperation", info.getMetadataOrThrow("method"));
            assertEquals("operator,supervisor", info.getMetadataOrThrow("roles"));
            assertEquals(
                    "lattice.v1.OperationService/ArmOperation takes the role operator or supervisor; ana has the role "
                            + "viewer",
                    refused.getStatus().getDescription());
        }
    }

    @Test
    void aCertificateWithoutARoleMayDoNothingAndSeveralRolesAddUp() throws Exception {
        try (Served served = serve();
                Served other = new Served(
                        new ScriptedGateway(12),
                        EndpointLimits.DEFAULT,
                        new Protection.MutualTls(parties.files("gateway").read()),
                        parties.person("both", Role.CLIENT, Role.VIEWER).read().channelCredentials())) {
            var refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.getLattice(GetLatticeRequest.getDefaultInstance()));
            assertTrue(String.valueOf(refused.getStatus().getDescription()).endsWith("ana has no role"));
            assertEquals(
                    "Small",
                    other.lattice
                            .getLattice(GetLatticeRequest.getDefaultInstance())
                            .getDisplayName());
        }
    }

    @Test
    void ordersCarryTheNameOfTheCertificateWhateverTheMetadataSays() throws Exception {
        try (Served served = serve(Role.OPERATOR)) {
            Metadata claims = new Metadata();
            claims.put(CallerContext.OPERATOR, "somebody-else");
            var claiming = served.operations.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(claims));
            var _ = claiming.planOperation(PlanOperationRequest.newBuilder()
                    .setSpec(OperationSpec.newBuilder()
                            .setDrain(DrainSpec.newBuilder()
                                    .addTargets(SmallLattice.nodeId(0).name())))
                    .build());
            assertEquals(List.of(new Caller("ana", true)), served.gateway.callers);
        }
    }
}
