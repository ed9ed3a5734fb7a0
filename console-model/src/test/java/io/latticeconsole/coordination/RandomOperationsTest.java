package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.coordination.RandomWorld.Mishaps;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random orders, losses, cuts, deaths and restarts: what the contract promises holds in every run.
class RandomOperationsTest {
    /// For each kind of mishap.
    private static final int RUNS = Integer.getInteger("operations.runs", 90);

    /// Seeds that once broke a promise: orders to go that were lost before a way back, and deaths on it.
    private static final long[] CAUGHT = {2170, 2836, 5501, 103930, 246199};

    private record Run(long seed, List<String> broken, List<Operation> operations, long away, String story) {
        static Run of(long seed, Mishaps mishaps) {
            var world = new RandomWorld(seed, mishaps);
            world.storm();
            long away = world.host.events.stream()
                    .filter(e -> e.message().contains("was away"))
                    .count();
            if (world.host.broken.isEmpty()) {
                world.calm();
            }
            return new Run(seed, world.host.broken, List.copyOf(world.host.operations.values()), away, world.story());
        }
    }

    /// Worlds know nothing of each other, so they run side by side.
    private static List<Run> all(LongStream seeds, Mishaps mishaps) {
        return seeds.parallel().mapToObj(seed -> Run.of(seed, mishaps)).toList();
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, RUNS / 3).flatMap(n -> LongStream.of(31 * n, 41 * n + 7, 1_009 * n + 3));
    }

    private static void unbroken(Collection<Run> runs) {
        for (Run run : runs) {
            assertEquals(List.of(), run.broken(), () -> "seed " + run.seed() + "\n" + run.story());
        }
    }

    @ParameterizedTest
    @EnumSource
    void promisesHoldInEveryRun(Mishaps mishaps) {
        List<Run> runs = all(seeds(), mishaps);
        unbroken(runs);
        Map<OperationState, Long> outcomes = runs.stream()
                .flatMap(r -> r.operations().stream())
                .collect(Collectors.groupingBy(Operation::state, TreeMap::new, Collectors.counting()));
        Set<OperationState> all = Set.of(
                OperationState.SUCCEEDED,
                OperationState.CANCELLED,
                OperationState.FAILED,
                OperationState.ROLLED_BACK,
                OperationState.EXPIRED);
        assertTrue(mishaps != Mishaps.DEATHS || outcomes.keySet().equals(all), "" + outcomes);
        long away = runs.stream().mapToLong(Run::away).sum();
        assertTrue(mishaps == Mishaps.DEATHS || away > RUNS / 8, "restarts held only " + away + " operations");
    }

    @ParameterizedTest
    @EnumSource
    void seedsThatOnceBrokeAPromiseKeepIt(Mishaps mishaps) {
        unbroken(all(LongStream.of(CAUGHT), mishaps));
    }
}
