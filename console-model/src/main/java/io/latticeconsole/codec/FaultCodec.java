package io.latticeconsole.codec;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import java.util.regex.Pattern;

/// Faults of an exercise, to and from messages.
public final class FaultCodec {
    private static final Pattern NAME = Pattern.compile("faults/[A-Za-z0-9._-]+");
    private static final double LONGEST_SECONDS = 315_576_000;

    private FaultCodec() {}

    public static io.latticeconsole.proto.v1.FaultSpec toProto(FaultSpec o) {
        return io.latticeconsole.proto.v1.FaultSpec.newBuilder()
                .setKind(Enums.FAULT_KIND.encode(o.kind()))
                .addAllTargets(SpecCodec.names(o.targets()))
                .setMagnitude(o.magnitude())
                .setXid(o.xid())
                .setAcceleratorIndex(o.acceleratorIndex())
                .setDurationSeconds(o.durationSeconds())
                .setVersion(o.version())
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static FaultSpec fromProto(io.latticeconsole.proto.v1.FaultSpec m, Cursor at) {
        return new FaultSpec(
                Enums.FAULT_KIND.decode(at, "kind", m.getKind()),
                at.names("targets", m.getTargetsList(), ResourceName::parse),
                at.positive("magnitude", m.getMagnitude()),
                at.count("xid", m.getXid()),
                at.count("accelerator_index", m.getAcceleratorIndex()),
                at.within("duration_seconds", m.getDurationSeconds(), 0, LONGEST_SECONDS),
                m.getVersion());
    }

    public static io.latticeconsole.proto.v1.Fault toProto(Fault o) {
        var message = io.latticeconsole.proto.v1.Fault.newBuilder()
                .setName(o.name())
                .setSpec(toProto(o.spec()))
                .setStartTime(Times.timestamp(o.start()))
                .setOperator(o.operator());
        if (o.end() != null) {
            message.setEndTime(Times.timestamp(o.end()));
        }
        return message.build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static Fault fromProto(io.latticeconsole.proto.v1.Fault m, Cursor at) {
        at.present("spec", m.hasSpec());
        return new Fault(
                at.formed("name", m.getName(), NAME),
                fromProto(m.getSpec(), at.field("spec")),
                at.time("start_time", m.hasStartTime(), m.getStartTime()),
                at.optionalTime("end_time", m.hasEndTime(), m.getEndTime()),
                m.getOperator());
    }
}
