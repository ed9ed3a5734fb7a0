package io.latticeconsole.agent.node;

import io.latticeconsole.agent.telemetry.AcceleratorIdentity;
import io.latticeconsole.agent.telemetry.AcceleratorReading;
import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.proto.v1.AcceleratorReport;
import io.latticeconsole.proto.v1.MachineAccelerator;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.NodeClass;
import java.util.List;
import java.util.Optional;

/// What a machine is made of: as its agent tells it, and as a gateway understands that.
public final class Hardware {
    private static final int LONGEST_PRODUCT = 80;
    private static final double LEAST_BYTES = 1e6;
    private static final double MOST_BYTES = 1e15;
    private static final double MOST_WATTS = 1e5;

    private Hardware() {}

    /// A machine's accelerators, or its processors where there is none; empty while that was not read yet.
    static List<MachineAccelerator> of(Readings read) {
        List<AcceleratorReading> list = read.accelerators().list();
        if (!list.isEmpty()) {
            return list.stream()
                    .map(AcceleratorReading::identity)
                    .map(Hardware::toProto)
                    .toList();
        }
        boolean none = !read.accelerators().from().isEmpty()
                && !Double.isNaN(read.host().memoryBytes());
        return none
                ? List.of(MachineAccelerator.newBuilder()
                        .setProduct(Accelerator.PROCESSORS + ", "
                                + Runtime.getRuntime().availableProcessors() + " cores")
                        .setMemoryBytes(read.host().memoryBytes())
                        .setPowerLimitWatts(Double.NaN)
                        .setProcessors(true)
                        .build())
                : List.of();
    }

    private static MachineAccelerator toProto(AcceleratorIdentity a) {
        return MachineAccelerator.newBuilder()
                .setProduct(a.product())
                .setMemoryBytes(a.memoryBytes())
                .setPowerLimitWatts(a.powerLimit().value())
                .build();
    }

    /// What a report says of its machine's hardware; empty where it says nothing that can be used.
    public static Optional<NodeClass> reported(List<AcceleratorReport> accelerators) {
        boolean told = accelerators.stream().allMatch(AcceleratorReport::hasHardware);
        return told
                ? nodeClass(accelerators.stream()
                        .map(AcceleratorReport::getHardware)
                        .toList())
                : Optional.empty();
    }

    /// The kind of a machine with these accelerators. Where they differ, each is taken for the one with the least
    /// memory. Empty where product or memory of one is not known.
    public static Optional<NodeClass> nodeClass(List<MachineAccelerator> accelerators) {
        MachineAccelerator least = null;
        double watts = 0;
        for (MachineAccelerator a : accelerators) {
            boolean likely = a.getMemoryBytes() >= LEAST_BYTES && a.getMemoryBytes() <= MOST_BYTES;
            if (!likely || a.getProduct().isBlank()) {
                return Optional.empty();
            }
            double limit = a.getPowerLimitWatts();
            watts += limit > 0 && limit < MOST_WATTS ? limit : Double.NaN;
            least = least == null || a.getMemoryBytes() < least.getMemoryBytes() ? a : least;
        }
        return least == null
                ? Optional.empty()
                : Optional.of(new NodeClass(
                        AcceleratorType.measured(product(least), least.getMemoryBytes(), watts / accelerators.size()),
                        accelerators.size()));
    }

    private static String product(MachineAccelerator a) {
        String plain = a.getProduct().replaceAll("\\p{Cntrl}", " ").strip();
        return a.getProcessors()
                ? Accelerator.PROCESSORS
                : plain.substring(0, Math.min(plain.length(), LONGEST_PRODUCT));
    }
}
