package io.latticeconsole.app.view.plan;

/// What can be planned.
public enum PlanKind {
    DRAIN,
    RESTORE,
    REROUTE,
    REDEPLOY
}
