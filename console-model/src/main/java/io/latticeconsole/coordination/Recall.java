package io.latticeconsole.coordination;

import io.latticeconsole.lattice.Severity;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.Wording;
import java.util.List;

/// Tells the operations of a coordinator before this one. Nobody goes on with what was under way there.
record Recall(CoordinatorHost host, Published published) {
    /// @param before in the order in which they were started; of many that had ended the newest are told
    void tell(List<Operation> before) {
        long ended = before.stream().filter(o -> o.state().isFinal()).count();
        long passedOver = Math.max(0, ended - Running.FINISHED_KEPT);
        for (Operation old : before) {
            if (!old.state().isFinal()) {
                cutShort(old);
            } else if (passedOver > 0) {
                passedOver--;
            } else {
                published.tell(old, old.hindsight());
            }
        }
    }

    private void cutShort(Operation old) {
        String left = "its coordinator ended " + (old.phase().isEmpty() ? "" : "in " + old.phase() + " ")
                + "and nobody goes on with it; what it had changed stays: look at its targets, and order anew";
        Operation now = old.cutShort(host.latticeTime(), left);
        published.tell(now, null);
        String why = old.reason().isEmpty() ? "" : ", \"" + old.reason() + "\"";
        host.log(
                "OPERATION_FAILED",
                Severity.HIGH,
                old.targets().getFirst().name(),
                Wording.of(old) + " (" + old.operator() + why + "): " + now.failureReason() + ": " + left,
                old.operator(),
                old.id().name());
    }
}
