package io.latticeconsole.coordination;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who holds which targets: at most one person per target, a site conflicting with its nodes, for 30 s of wall time.
final class Arms {
    static final Duration HELD = Duration.ofSeconds(30);

    private final Map<String, Armed> byToken = new LinkedHashMap<>();
    private final SplittableRandom tokens;
    private final Consumer<Fact> publish;

    Arms(long seed, Consumer<Fact> publish) {
        this.tokens = new SplittableRandom(seed);
        this.publish = publish;
    }

    /// Arms a plan; arming it again prolongs it, and an older arm of the same person on the same targets is given up.
    Armed take(Plan plan, Caller caller, Instant wall) {
        expire(wall);
        for (Map.Entry<String, Armed> e : new ArrayList<>(byToken.entrySet())) {
            Arm other = e.getValue().arm();
            if (conflict(other.targets(), plan.targets())) {
                if (!other.holder().equals(caller.name())) {
                    throw Refusals.armedByAnother(other.holder(), other.expires(), other.targets());
                }
                release(e.getKey());
            }
        }
        var arm = new Arm(plan.hash(), plan.targets(), caller.name(), wall.plus(HELD));
        String token = String.format("arm-%016x%016x", tokens.nextLong(), tokens.nextLong());
        var armed = new Armed(token, arm);
        byToken.put(token, armed);
        publish.accept(new Fact.ArmTaken(arm));
        return armed;
    }

    /// What a token holds, if it belongs to the caller and has not expired.
    Arm require(String token, Caller caller, Instant wall) {
        expire(wall);
        Armed armed = byToken.get(token);
        if (armed == null) {
            throw Refusals.notArmed();
        }
        Arm arm = armed.arm();
        if (!arm.holder().equals(caller.name())) {
            throw Refusals.armedByAnother(arm.holder(), arm.expires(), arm.targets());
        }
        return arm;
    }

    void release(String token) {
        Armed gone = byToken.remove(token);
        if (gone != null) {
            publish.accept(new Fact.ArmReleased(gone.arm().planHash()));
        }
    }

    @Nullable
    Arm find(String token) {
        Armed armed = byToken.get(token);
        return armed == null ? null : armed.arm();
    }

    void expire(Instant wall) {
        List<String> over = byToken.entrySet().stream()
                .filter(e -> !wall.isBefore(e.getValue().arm().expires()))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(this::release);
    }

    void releaseAll() {
        List.copyOf(byToken.keySet()).forEach(this::release);
    }

    List<Arm> all() {
        return byToken.values().stream().map(Armed::arm).toList();
    }

    /// Whether two sets of targets have something in common, a resource containing what is below it.
    static boolean conflict(List<ResourceName> some, List<ResourceName> others) {
        return some.stream().anyMatch(a -> others.stream().anyMatch(b -> within(a, b) || within(b, a)));
    }

    private static boolean within(ResourceName inner, ResourceName outer) {
        return inner.name().equals(outer.name()) || inner.name().startsWith(outer.name() + "/");
    }
}
