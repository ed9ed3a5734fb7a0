package io.latticeconsole.operation;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.unit.Millis;
import java.util.List;

/// A gateway's answer to an order. Counts are read back from the node for AskInFlight, MoveStreams and AbortRequests;
/// `probeTtft` is NONE unless a probe succeeded. `accepted` false: not carried out, `message` says why.
public record GatewayAnswer(
        long orderId,
        GatewayId from,
        boolean accepted,
        String message,
        int inFlight,
        int queued,
        double oldestAgeSeconds,
        int migrated,
        int aborted,
        List<String> cannotMigrate,
        boolean probeOk,
        Millis probeTtft) {
    public GatewayAnswer {
        cannotMigrate = List.copyOf(cannotMigrate);
    }

    /// An order was carried out and there is nothing else to say.
    public static GatewayAnswer done(long orderId, GatewayId from) {
        return new GatewayAnswer(orderId, from, true, "", 0, 0, 0, 0, 0, List.of(), false, Millis.NONE);
    }

    public static GatewayAnswer refused(long orderId, GatewayId from, String why) {
        return new GatewayAnswer(orderId, from, false, why, 0, 0, 0, 0, 0, List.of(), false, Millis.NONE);
    }
}
