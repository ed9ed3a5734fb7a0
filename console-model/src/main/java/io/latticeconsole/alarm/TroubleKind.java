package io.latticeconsole.alarm;

/// What can be wrong, with its priority, 1 (critical) to 4 (low), and how long it must last before it counts.
/// What comes and goes within that time stays silent; once raised it stays until it was absent for
/// [#CALM_SECONDS].
public enum TroubleKind {
    /// A node that should serve is DOWN.
    NODE_DOWN(1, 0),
    /// All nodes of a site are DOWN.
    SITE_DOWN(1, 0),
    /// A model's objective is exceeded twofold over the whole lattice.
    OBJECTIVE_FAR_BROKEN(1, 10),
    /// A model's objective is exceeded over the whole lattice.
    OBJECTIVE_BROKEN(2, 20),
    /// A gateway cannot be heard, so that its region's state is unknown here.
    REGION_UNREACHABLE(2, 0),
    /// An accelerator reported an error and is out.
    ACCELERATOR_FAULT(2, 0),
    /// A node slows down to stay within its temperature or power.
    THROTTLED(2, 5),
    /// A node is at or above its hard temperature limit.
    TOO_HOT(2, 5),
    /// A node's main model is above its objective there.
    NODE_SLOW(3, 20),
    /// A node has been silent for 1.5 s.
    NODE_SUSPECT(3, 0),
    /// A replica failed to load or to serve.
    REPLICA_FAILED(3, 0),
    /// A reading stays above what is expected of the node.
    ABOVE_BAND(3, 20),
    /// A reading stays below what is expected of the node.
    BELOW_BAND(4, 30),
    /// A node that operators took out of service is DOWN.
    IDLE_NODE_DOWN(4, 0);

    /// How long a raised trouble must be absent before it is cleared.
    public static final int CALM_SECONDS = 5;

    private final int priority;
    private final int sustainSeconds;

    TroubleKind(int priority, int sustainSeconds) {
        this.priority = priority;
        this.sustainSeconds = sustainSeconds;
    }

    public int priority() {
        return priority;
    }

    public int sustainSeconds() {
        return sustainSeconds;
    }

    /// Whether it is over as soon as its cause is: state that the lattice reports, not a reading that wavers.
    public boolean isState() {
        return sustainSeconds == 0;
    }
}
