package io.latticeconsole.codec;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationProgress;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Premise;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.plan.ViolationKind;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Seeded random operations, plans, failovers and faults, all within the contract.
public final class RandomOperations {
    private final RandomObjects objects;
    private final Random random;

    public RandomOperations(RandomObjects objects) {
        this.objects = objects;
        random = objects.random;
    }

    /// Any fact but an event.
    public Fact fact() {
        return switch (random.nextInt(10)) {
            case 0 -> new Fact.EndpointChanged(objects.endpoint());
            case 1 -> new Fact.OperationChanged(operation());
            case 2 -> new Fact.FailoverChanged(failover());
            case 3 -> new Fact.ArmTaken(arm());
            case 4 -> new Fact.ArmReleased("hash" + random.nextInt(5));
            case 5 -> new Fact.FaultChanged(fault());
            case 6 -> new Fact.FaultRemoved("faults/f-" + random.nextInt(5));
            case 7 -> objects.removed();
            default -> objects.changed();
        };
    }

    private ResourceName target() {
        return switch (random.nextInt(3)) {
            case 0 -> objects.siteId();
            case 1 -> objects.gatewayId();
            default -> objects.nodeId();
        };
    }

    private @Nullable Duration span() {
        return random.nextBoolean() ? Duration.ofMillis(random.nextInt(1_000_000)) : null;
    }

    private @Nullable Instant end() {
        return random.nextBoolean() ? objects.time() : null;
    }

    public OperationSpec spec() {
        return switch (random.nextInt(4)) {
            case 0 ->
                new OperationSpec.Drain(objects.some(this::target), span(), objects.constant(DeadlinePolicy.class));
            case 1 -> new OperationSpec.Restore(objects.some(this::target), span());
            case 2 ->
                new OperationSpec.Reroute(
                        new RouteId(objects.regionId() + "/routes/" + objects.word()),
                        objects.word(),
                        objects.constant(RouteMode.class),
                        objects.some(objects::weight),
                        objects.share(),
                        span(),
                        random.nextBoolean());
            default ->
                new OperationSpec.Redeploy(
                        objects.modelId(),
                        "v" + objects.word(),
                        objects.some(objects::nodeId),
                        objects.share(),
                        span(),
                        objects.share(),
                        objects.count(),
                        objects.count());
        };
    }

    private SiteEffect effect() {
        return new SiteEffect(
                objects.siteId(),
                objects.modelId(),
                new PerSecond(objects.number()),
                new PerSecond(objects.number()),
                new Millis(objects.number()),
                new Millis(objects.number()),
                new Ratio(-objects.share()),
                new Ratio(objects.share()),
                new Watts(objects.number()),
                new Millis(objects.number()),
                new Millis(random.nextBoolean() ? objects.number() : Double.NaN));
    }

    private Hindsight hindsight() {
        return new Hindsight(
                objects.time(),
                objects.some(this::effect),
                new Ratio(objects.share()),
                new Ratio(random.nextBoolean() ? objects.share() : Double.NaN),
                objects.number(),
                objects.number(),
                objects.number());
    }

    private Placement placement() {
        return new Placement(objects.modelId(), objects.nodeId(), objects.number());
    }

    private OperationPhase phase() {
        return new OperationPhase("P" + objects.word(), end(), end(), objects.share(), objects.word());
    }

    private OperationProgress progress() {
        return new OperationProgress(
                objects.count(),
                objects.count(),
                objects.number(),
                objects.number(),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.share());
    }

    public Operation operation() {
        return new Operation(
                new OperationId("operations/op-" + random.nextInt(8)),
                spec(),
                objects.some(this::target),
                objects.constant(OperationState.class),
                objects.word(),
                objects.some(this::phase),
                progress(),
                objects.word(),
                random.nextBoolean(),
                objects.word(),
                random.nextBoolean(),
                objects.word(),
                objects.word(),
                objects.time(),
                end(),
                objects.some(this::effect),
                random.nextBoolean() ? hindsight() : null,
                objects.word());
    }

    public Arm arm() {
        return new Arm("hash" + random.nextInt(5), objects.some(this::target), objects.word(), objects.time());
    }

    public Failover failover() {
        Map<FailoverPhase, Instant> reached = new EnumMap<>(FailoverPhase.class);
        objects.some(() -> objects.constant(FailoverPhase.class)).forEach(p -> reached.put(p, objects.time()));
        return new Failover(
                new FailoverId(objects.regionId() + "/failovers/fo-" + random.nextInt(8)),
                target(),
                objects.word(),
                objects.time(),
                objects.constant(FailoverPhase.class),
                reached,
                objects.count(),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.some(this::effect),
                objects.some(this::placement),
                objects.some(this::effect));
    }

    public Fault fault() {
        return new Fault("faults/f-" + random.nextInt(5), faultSpec(), objects.time(), end(), objects.word());
    }

    public FaultSpec faultSpec() {
        return new FaultSpec(
                objects.constant(FaultKind.class),
                objects.some(this::target),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.count(),
                objects.word());
    }

    public Plan plan() {
        return new Plan(
                "plans/" + objects.word(),
                "hash" + objects.word(),
                spec(),
                objects.some(this::target),
                objects.some(() -> new Premise(objects.word(), objects.word())),
                objects.some(this::effect),
                objects.some(() -> new Violation(
                        objects.constant(ViolationKind.class), objects.word(), objects.word(), random.nextBoolean())),
                objects.some(this::placement),
                objects.number(),
                objects.number(),
                objects.count(),
                objects.count(),
                objects.number(),
                span(),
                objects.some(objects::word));
    }
}
