package io.latticeconsole.fuzz;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.security.Role;
import io.latticeconsole.telemetry.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/// Attacks real servers on loopback with mutated messages, first by callers who may change nothing, then by all.
public final class Fuzz {
    private static final int BATCH = 500;
    private static final int REQUEST_IDS = 50;
    private static final Set<String> ORDERING = Set.of(Role.OPERATOR.unit(), Role.SUPERVISOR.unit());

    private final Stronghold stronghold;
    private final Judge judge;
    private final Siege siege;
    private final SplittableRandom random;
    private final List<Lookout> lookouts;

    /// What came of it; `statuses` by their names in gRPC. `problems` is empty where all was well; `heapGrowth` is in
    /// bytes, from a tenth of the
    /// way to the end; `watchers` are streams that were left at the servers.
    public record Report(
            long messages,
            double seconds,
            SortedMap<String, Long> statuses,
            long heapGrowth,
            int threadGrowth,
            int watchers,
            int logLines,
            List<String> problems) {
        public Report {
            statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
            problems = List.copyOf(problems);
        }
    }

    private static SortedMap<String, Long> byName(Map<Status.Code, Long> counts) {
        SortedMap<String, Long> named = new TreeMap<>();
        counts.forEach((code, count) -> named.put(code.name(), count));
        return named;
    }

    private Fuzz(Stronghold stronghold, Judge judge, long seed) {
        this.stronghold = stronghold;
        this.judge = judge;
        this.siege = new Siege(stronghold.targets(), judge, seed);
        this.random = new SplittableRandom(seed ^ 1);
        this.lookouts = List.of(
                Lookout.at(stronghold.targets().get(0)),
                Lookout.at(stronghold.targets().get(1)));
    }

    /// Sends that many messages; the folder takes certificates and configuration. Blocks until all is stopped.
    ///
    /// @throws IOException if the servers cannot be started
    public static Report run(long messages, long seed, Path folder) throws IOException, InterruptedException {
        try (LogWatch log = new LogWatch()) {
            Judge judge = new Judge(seed);
            long began = System.nanoTime();
            try (Stronghold stronghold = new Stronghold(folder, new Parties(folder.resolve("pki")), seed)) {
                Fuzz fuzz = new Fuzz(stronghold, judge, seed);
                Footprint grown = fuzz.attackOrSay(messages);
                log.errors().forEach(judge::problem);
                List<String> problems = new ArrayList<>(judge.problems());
                if (stronghold.failures() > 0) {
                    problems.add("seed " + seed + ": " + stronghold.failures() + " pieces of work threw");
                }
                return new Report(
                        messages,
                        (System.nanoTime() - began) / 1e9,
                        byName(judge.counts()),
                        grown.heapBytes(),
                        grown.threads(),
                        stronghold.watchers(),
                        log.lines(),
                        problems);
            }
        }
    }

    private Footprint attackOrSay(long messages) throws InterruptedException {
        try {
            return attack(messages);
        } catch (IllegalStateException | StatusRuntimeException e) {
            judge.problem(e.toString());
            return new Footprint(0, 0);
        }
    }

    private Footprint attack(long messages) throws InterruptedException {
        for (int i = 0; i < REQUEST_IDS; i++) {
            siege.words().say("request_id", new UUID(random.nextLong(), random.nextLong()).toString());
        }
        for (Metric metric : Metric.values()) {
            siege.words().say("metric", metric.name().toLowerCase(Locale.ROOT));
        }
        siege.words().say("filter", "health=UP");
        siege.words().say("filter", "admin_state=SERVING AND model=chat-8b");
        List<Lookout.State> before = lookouts.stream().map(Lookout::state).toList();
        batches(messages / 10, true);
        Footprint early = Footprint.now();
        batches(messages / 2 - messages / 10, true);
        for (int i = 0; i < lookouts.size(); i++) {
            Lookout.State after = lookouts.get(i).state();
            if (!after.equals(before.get(i))) {
                judge.problem("without authority " + before.get(i) + " became " + after);
            }
        }
        batches(messages - messages / 2, false);
        for (Lookout lookout : lookouts) {
            for (Operation operation : lookout.running()) {
                if (!ORDERING.contains(operation.getOperator())) {
                    judge.problem(operation.getName() + " was ordered by " + operation.getOperator());
                }
            }
        }
        Footprint late = Footprint.now();
        return new Footprint(late.heapBytes() - early.heapBytes(), late.threads() - early.threads());
    }

    private void batches(long messages, boolean powerless) throws InterruptedException {
        for (long left = messages; left > 0; ) {
            for (String fault : siege.faults()) {
                stronghold.clear(fault);
            }
            siege.faults().clear();
            stronghold.resetClock();
            lookouts.forEach(l -> l.tell(siege.words(), random));
            left -= siege.send(Math.min(BATCH, left), powerless);
        }
    }
}
