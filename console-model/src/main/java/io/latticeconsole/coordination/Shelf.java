package io.latticeconsole.coordination;

import io.latticeconsole.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;

/// Plans that may still be armed, by hash; the newest 500.
final class Shelf {
    private static final int KEPT = 500;

    private final Map<String, Plan> plans = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
            return size() > KEPT;
        }
    };
    private long last;

    /// Names a plan and keeps it; a later one with the same hash takes its place.
    Plan keep(Plan p) {
        var named = new Plan(
                "plans/p-" + ++last,
                p.hash(),
                p.spec(),
                p.targets(),
                p.premises(),
                p.effects(),
                p.violations(),
                p.placements(),
                p.durationLowSeconds(),
                p.durationHighSeconds(),
                p.inFlight(),
                p.streamsThatCannotMigrate(),
                p.cacheGivenUpTokens(),
                p.deadline(),
                p.notes());
        plans.remove(p.hash());
        plans.put(p.hash(), named);
        return named;
    }

    Plan find(String hash) {
        Plan plan = plans.get(hash);
        if (plan == null) {
            throw Refusals.unknownPlan(hash);
        }
        return plan;
    }
}
