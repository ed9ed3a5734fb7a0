package io.latticeconsole.security;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The table of rights: which roles may call which method, by the method's full name. What is not in it
/// nobody may call.
public final class Access {
    private static final Set<Role> WATCHING =
            EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.SUPERVISOR, Role.EXERCISE, Role.NODE);
    private static final Set<Role> OPERATING = EnumSet.of(Role.OPERATOR, Role.SUPERVISOR);
    private static final Set<Role> DIRECTING = EnumSet.of(Role.EXERCISE, Role.SUPERVISOR);
    private static final Set<Role> INFERRING = EnumSet.of(Role.CLIENT, Role.NODE);
    private static final Set<Role> MACHINES = EnumSet.of(Role.NODE);
    private static final Set<Role> ALL = EnumSet.allOf(Role.class);

    /// The page of metrics, as if it were a method.
    public static final String METRICS = "metrics/Scrape";

    private static final Map<String, Set<Role>> TABLE = new HashMap<>();

    static {
        row(
                "lattice.v1.LatticeService",
                WATCHING,
                "GetLattice",
                "ListNodes",
                "GetNode",
                "ListModels",
                "ListRoutes",
                "WatchLattice",
                "ListEvents",
                "QuerySeries");
        row("lattice.v1.OperationService", WATCHING, "GetOperation", "ListOperations");
        row(
                "lattice.v1.OperationService",
                OPERATING,
                "PlanOperation",
                "ArmOperation",
                "DisarmOperation",
                "StartOperation",
                "HoldOperation",
                "ResumeOperation",
                "CancelOperation");
        row("lattice.v1.ExerciseService", WATCHING, "ListFaults");
        row("lattice.v1.ExerciseService", DIRECTING, "InjectFault", "ClearFault", "SetClock");
        row(
                "inference.GRPCInferenceService",
                INFERRING,
                "ServerLive",
                "ServerReady",
                "ServerMetadata",
                "ModelReady",
                "ModelMetadata",
                "ModelInfer");
        row(
                "inference.GRPCInferenceService",
                MACHINES,
                "ModelStatistics",
                "RepositoryIndex",
                "RepositoryModelLoad",
                "RepositoryModelUnload");
        row(
                "lattice.v1.NodeService",
                MACHINES,
                "GetMachine",
                "WatchMachine",
                "LoadReplica",
                "RetireReplica",
                "CountRequests",
                "AbortRequests",
                "ProbeReplica");
        row("lattice.v1.PeerService", MACHINES, "Tell");
        row("metrics", WATCHING, "Scrape");
        row("grpc.health.v1.Health", ALL, "Check", "List", "Watch");
        row("grpc.reflection.v1.ServerReflection", WATCHING, "ServerReflectionInfo");
        row("grpc.reflection.v1alpha.ServerReflection", WATCHING, "ServerReflectionInfo");
    }

    private Access() {}

    private static void row(String service, Set<Role> roles, String... methods) {
        for (String method : methods) {
            TABLE.put(service + "/" + method, Set.copyOf(roles));
        }
    }

    /// The roles that may call a method, such as `lattice.v1.LatticeService/GetNode`; none for one that is
    /// not listed.
    public static Set<Role> to(String fullMethodName) {
        return TABLE.getOrDefault(fullMethodName, Set.of());
    }
}
