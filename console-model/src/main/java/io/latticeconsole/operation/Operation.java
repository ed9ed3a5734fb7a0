package io.latticeconsole.operation;

import io.latticeconsole.lattice.ResourceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something an operator ordered, with its progress and outcome. `failureReason` is a code such as TARGET_LOST, empty
/// unless it failed or was rolled back. Times are lattice time. `hindsight` comes some seconds after it succeeded.
public record Operation(
        OperationId id,
        OperationSpec spec,
        List<ResourceName> targets,
        OperationState state,
        String phase,
        List<OperationPhase> phases,
        OperationProgress progress,
        String operator,
        boolean operatorVerified,
        String reason,
        boolean acceptedRisk,
        String failureReason,
        String message,
        Instant start,
        @Nullable Instant end,
        List<SiteEffect> predicted,
        @Nullable Hindsight hindsight,
        String etag) {
    public Operation {
        targets = List.copyOf(targets);
        phases = List.copyOf(phases);
        predicted = List.copyOf(predicted);
    }

    /// Whether it is a drain that has come to where it asks its nodes what is still in flight: before that, the
    /// 0 of its progress means nothing.
    public boolean countsInFlight() {
        return spec instanceof OperationSpec.Drain
                && phases.stream().anyMatch(p -> p.phase().equals("QUIESCE") && p.start() != null);
    }

    /// What its phase says of itself, such as what a canary has counted; empty where there is nothing to say.
    public String phaseDetail() {
        for (OperationPhase p : phases) {
            if (p.phase().equals(phase)) {
                return p.detail();
            }
        }
        return "";
    }

    /// The same, ended by the end of its coordinator: nobody goes on with it.
    public Operation cutShort(Instant at, String sentence) {
        return new Operation(
                id,
                spec,
                targets,
                OperationState.FAILED,
                phase,
                phases,
                progress,
                operator,
                operatorVerified,
                reason,
                acceptedRisk,
                "COORDINATOR_LOST",
                sentence,
                start,
                at,
                predicted,
                hindsight,
                etag);
    }

    /// The same with what is known of its prediction, and an etag.
    public Operation stamped(@Nullable Hindsight known, String nextEtag) {
        return new Operation(
                id,
                spec,
                targets,
                state,
                phase,
                phases,
                progress,
                operator,
                operatorVerified,
                reason,
                acceptedRisk,
                failureReason,
                message,
                start,
                end,
                predicted,
                known,
                nextEtag);
    }
}
