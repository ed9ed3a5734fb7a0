package io.latticeconsole.operation;

import java.util.List;

/// The outcome of one input: the operation afterwards, the orders to send and the events to log.
public record Step(Run run, List<Due> orders, List<Said> events) {
    public Step {
        orders = List.copyOf(orders);
        events = List.copyOf(events);
    }
}
