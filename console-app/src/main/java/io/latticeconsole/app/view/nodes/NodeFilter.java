package io.latticeconsole.app.view.nodes;

import io.latticeconsole.app.format.NodeCondition;

/// Which nodes the table shows by their state.
public enum NodeFilter {
    ALL,
    TROUBLE,
    DOWN,
    UNREACHABLE,
    OUT_OF_SERVICE;

    boolean shows(NodeRow row) {
        NodeCondition c = row.condition();
        return switch (this) {
            case ALL -> true;
            case TROUBLE -> c.isTrouble() || row.priority() > 0;
            case DOWN -> c == NodeCondition.DOWN;
            case UNREACHABLE -> c == NodeCondition.UNREACHABLE;
            case OUT_OF_SERVICE ->
                c == NodeCondition.CORDONED
                        || c == NodeCondition.DRAINING
                        || c == NodeCondition.DRAINED
                        || c == NodeCondition.WARMING;
        };
    }
}
