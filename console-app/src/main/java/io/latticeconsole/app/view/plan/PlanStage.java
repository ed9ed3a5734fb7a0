package io.latticeconsole.app.view.plan;

import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.plan.Plan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// How far an order has come between wish and effect.
public sealed interface PlanStage {
    /// The fields say what is wanted; `former` is a plan for other fields, or a stale one.
    record Editing(@Nullable Plan former) implements PlanStage {}

    /// The coordinator was asked what would happen.
    record Planning(@Nullable Plan former) implements PlanStage {}

    /// The effect is known; nothing has happened.
    record Planned(Plan plan) implements PlanStage {}

    /// The coordinator was asked to hold the targets.
    record Arming(Plan plan) implements PlanStage {}

    /// The targets are held for us; nothing has happened.
    record Armed(Plan plan, LatticeOrders.Armed armed) implements PlanStage {}

    /// The order is on its way.
    record Starting(Plan plan, LatticeOrders.Armed armed) implements PlanStage {}

    /// No answer came: it may or may not have started, and the state is being read back; `before` is what ran already.
    record Unknown(Plan plan, Instant since, PMap<OperationId, Operation> before) implements PlanStage {}

    /// It runs or has run; its outcome is read back from the lattice.
    record Started(Plan plan, OperationId operation) implements PlanStage {}

    /// The plan to show, or null before the first.
    default @Nullable Plan shown() {
        return switch (this) {
            case Editing s -> s.former();
            case Planning s -> s.former();
            case Planned s -> s.plan();
            case Arming s -> s.plan();
            case Armed s -> s.plan();
            case Starting s -> s.plan();
            case Unknown s -> s.plan();
            case Started s -> s.plan();
        };
    }

    /// Whether the shown plan belongs to the fields as they are.
    default boolean isCurrent() {
        return !(this instanceof Editing) && !(this instanceof Planning);
    }

    /// Whether the fields may be changed.
    default boolean isEditable() {
        return this instanceof Editing || this instanceof Planning || this instanceof Planned;
    }
}
