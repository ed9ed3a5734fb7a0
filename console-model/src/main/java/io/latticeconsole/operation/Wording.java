package io.latticeconsole.operation;

import java.util.stream.Collectors;

/// How operations are named in sentences.
public final class Wording {
    private Wording() {}

    /// `op-12 drain of regions/eu/sites/par-1/nodes/n2`.
    public static String of(Operation op) {
        String targets = op.targets().size() <= 3
                ? op.targets().stream().map(t -> t.name()).collect(Collectors.joining(", "))
                : op.targets().getFirst().name() + " and " + (op.targets().size() - 1) + " more";
        return op.id().name().substring(op.id().name().lastIndexOf('/') + 1) + ' ' + kind(op.spec()) + " of " + targets;
    }

    public static String kind(OperationSpec spec) {
        return switch (spec) {
            case OperationSpec.Drain _ -> "drain";
            case OperationSpec.Restore _ -> "restore";
            case OperationSpec.Reroute _ -> "reroute";
            case OperationSpec.Redeploy _ -> "redeploy";
        };
    }
}
