package io.latticeconsole.fuzz;

import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Says what is wrong about how calls went, and counts them by status. Any thread.
final class Judge {
    private static final int KEPT = 20;
    private static final int SHOWN_BYTES = 200;
    private static final Set<Status.Code> OURS = EnumSet.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.ABORTED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED);
    private static final Set<Status.Code> DEFECTS =
            EnumSet.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS);

    private final long seed;
    private final Map<Status.Code, Long> counts = new EnumMap<>(Status.Code.class);
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();

    /// One message and who sent it where; `whole` where the call was neither cut short nor left open.
    @SuppressWarnings("ArrayRecordComponent") // written once, then only read
    record Shot(long number, Target target, Target.Method method, String party, byte[] message, boolean whole) {
        @Override
        public String toString() {
            int shown = Math.min(SHOWN_BYTES, message.length);
            return "message " + number + " to " + target.name() + ", "
                    + method.descriptor().getFullMethodName() + ", by " + party + ", " + message.length + " bytes: "
                    + HexFormat.of().formatHex(message, 0, shown);
        }
    }

    Judge(long seed) {
        this.seed = seed;
    }

    void look(Shot shot, Status status, Metadata trailers) {
        Status.Code code = status.getCode();
        synchronized (counts) {
            counts.merge(code, 1L, Long::sum);
        }
        if (DEFECTS.contains(code)) {
            problem(shot + " was answered " + status);
        } else if (code == Status.Code.DEADLINE_EXCEEDED && shot.whole()) {
            problem(shot + " was not answered");
        } else if (code == Status.Code.OK && !shot.method().isFor(shot.party())) {
            problem(shot + " was answered without authority");
        } else if (OURS.contains(code)
                && shot.method().descriptor().getFullMethodName().startsWith("lattice.")
                && hasNoReason(status, trailers)) {
            problem(shot + " was refused without a reason: " + status);
        }
    }

    private static boolean hasNoReason(Status status, Metadata trailers) {
        com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        return details.getDetailsList().stream().noneMatch(d -> d.is(ErrorInfo.class));
    }

    void problem(String sentence) {
        if (problems.size() < KEPT) {
            problems.add("seed " + seed + ": " + sentence);
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    Map<Status.Code, Long> counts() {
        synchronized (counts) {
            return new EnumMap<>(counts);
        }
    }
}
