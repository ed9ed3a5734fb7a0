package io.latticeconsole.gateway;

import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;

/// What a gateway can do to the world: send over the network, and read the clock. Simulation thread only.
public interface Surroundings {
    /// Lattice time in nanoseconds since the lattice began.
    long now();

    Instant instant(long nanos);

    Instant wallTime();

    /// The static configuration every gateway is given: places and kinds of machines, never their state.
    WorldSpec world();

    /// Under which term the gateway claims its sites: of two that claim one, the higher term has it.
    default long ownershipTerm() {
        return 1;
    }

    /// How many requests one simulated request stands for.
    double requestWeight();

    /// To another region's gateway, over the network.
    void send(int toRegion, GatewayMessage message);

    /// To a machine of the gateway's own region, over the network.
    void command(int node, NodeCommand command);

    /// Looks a replica's address up; -1 if there is none of that name.
    int resolve(ReplicaId replica);

    /// Sends a request (or the rest of it, when some tokens are there already) to a replica. The answer names the
    /// attempt.
    long dispatch(
            int slot, int slotStamp, int engine, int contextTokens, int generateTokens, int session, int tokensDone);

    /// Tells the replica that nobody waits for the attempt any more.
    void withdraw(long attempt);

    /// A request is over; nothing more is told of this slot under this stamp.
    void ended(int slot, int slotStamp, End end);

    /// A client has its whole answer; times in ms since it sent the request.
    void finished(int model, double ttftMs, double e2eMs, int tokens);

    /// Tokens of the attempt that have come in over its stream so far.
    int tokensStreamed(long attempt);
}
