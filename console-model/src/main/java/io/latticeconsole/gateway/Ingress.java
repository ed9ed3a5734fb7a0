package io.latticeconsole.gateway;

import io.latticeconsole.routing.RouteChoice;
import io.latticeconsole.routing.RouteRequest;
import io.latticeconsole.routing.Router;
import io.latticeconsole.routing.RouterView;
import io.latticeconsole.routing.RoutingPolicy;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.RandomStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A region's ingress router: takes its clients' requests, sends each to a replica, sends it on elsewhere when that
/// fails, and keeps the accounts.
final class Ingress {
    static final long DEADLINE_NANOS = 30_000_000_000L;

    /// After so long without a first token a request is sent elsewhere once.
    private static final long FIRST_TOKEN_NANOS = 8_000_000_000L;

    private static final int MOST_TRIES = 6;

    private final Surroundings surroundings;
    private final Rows rows;
    private final Router router;
    private final RandomStream random;
    final Ledger ledger;
    final Flows flows;
    final InFlight requests;
    private final RouteRequest query = new RouteRequest();
    private final RouteChoice choice = new RouteChoice();
    private final LongRing deadlines = new LongRing();
    private final LongRing firstTokens = new LongRing();
    private final ArrayDeque<Long> parked = new ArrayDeque<>();
    private final Map<Integer, Integer> warmRows = new HashMap<>();
    private final Ejection ejection;
    final Evacuation evacuation;

    Ingress(Surroundings surroundings, Rows rows, int region, RoutingPolicy policy) {
        this.surroundings = surroundings;
        this.rows = rows;
        this.requests = new InFlight(rows.view);
        this.router = new Router(policy);
        this.random = new RandomStream(surroundings.world().seed(), "routing", region);
        this.ledger = new Ledger(surroundings.world().sites().size());
        this.flows = new Flows(surroundings.world());
        this.ejection = new Ejection(surroundings, rows.view);
        this.evacuation = new Evacuation(surroundings, rows, this);
    }

    void arrived(ClientRequest r) {
        int slot = requests.take();
        requests.model[slot] = r.model();
        requests.context[slot] = r.contextTokens();
        requests.generate[slot] = r.generateTokens();
        requests.session[slot] = r.session();
        requests.sentAt[slot] = r.sentAt();
        ledger.arrive();
        flows.arrived(r.model());
        deadlines.add(name(slot), r.sentAt() + DEADLINE_NANOS);
        if (!send(slot, -1, -1)) {
            ledger.reject();
            flows.failed(r.model(), -1);
            release(slot, End.REJECTED);
        }
    }

    private long name(int slot) {
        return (long) requests.stamp[slot] << 32 | slot;
    }

    private boolean isLive(long name) {
        int slot = (int) name;
        return requests.live[slot] && requests.stamp[slot] == (int) (name >>> 32);
    }

    /// Routes a request and sends it; whether anything eligible is known.
    private boolean send(int slot, int avoidSite, int avoidRow) {
        int model = requests.model[slot];
        ModelSpec spec = surroundings.world().models().get(model);
        query.model = model;
        query.contextTokens = requests.context[slot] + requests.tokensDone[slot];
        query.cachedTokens = requests.context[slot] * ModelSpec.CACHED_SHARE;
        query.expectedTokens = spec.meanGenerated();
        query.mostTokens = requests.generate[slot] - requests.tokensDone[slot];
        query.millisLeft = (requests.sentAt[slot] + DEADLINE_NANOS - surroundings.now()) / 1e6;
        int session = requests.session[slot];
        query.warmRow = session < 0 ? -1 : warmRows.getOrDefault(session, -1);
        query.avoidSite = avoidSite;
        query.avoidRow = avoidRow;
        query.random = random.nextLong();
        rows.settle();
        router.route(query, rows.view, surroundings.now(), choice);
        if (!choice.found()) {
            return false;
        }
        dispatch(slot, choice.row);
        return true;
    }

    private void dispatch(int slot, int row) {
        RouterView view = rows.view;
        requests.link(slot, row);
        requests.tries[slot]++;
        int done = requests.tokensDone[slot];
        requests.dispatchedAt[slot] = surroundings.now();
        ledger.admit(view.site[row]);
        double cached = row == query.warmRow ? query.cachedTokens : 0;
        view.sentMs[row] += view.prefillBase[row] + view.prefillPerToken[row] * (query.contextTokens - cached);
        if (requests.session[slot] >= 0) {
            warmRows.put(requests.session[slot], row);
        }
        flows.sent(requests.model[slot], view.site[row]);
        requests.attempt[slot] = surroundings.dispatch(
                slot,
                requests.stamp[slot],
                rows.engine(row),
                requests.context[slot],
                requests.generate[slot],
                requests.session[slot],
                done);
        firstTokens.add(name(slot), surroundings.now() + FIRST_TOKEN_NANOS);
    }

    /// The first token came; `excessNanos` is to be left out of what is measured.
    void firstToken(int slot, int stamp, long excessNanos) {
        if (requests.stamp[slot] == stamp && requests.live[slot] && Double.isNaN(requests.ttftMs[slot])) {
            double ms = (surroundings.now() - requests.sentAt[slot] - excessNanos) / 1e6;
            requests.ttftMs[slot] = ms;
            flows.firstToken(requests.model[slot], ms);
        }
    }

    /// A replica answered. The first whole answer wins; one that comes too late was a duplicate execution.
    void replied(int slot, int stamp, long attempt, Reply reply, long excessNanos) {
        boolean live = requests.stamp[slot] == stamp && requests.live[slot];
        if (!live) {
            if (reply == Reply.OK) {
                ledger.duplicate();
            }
            return;
        }
        boolean current = requests.attempt[slot] == attempt;
        switch (reply) {
            case OK -> {
                if (!current && requests.row[slot] >= 0) {
                    surroundings.withdraw(requests.attempt[slot]);
                }
                finish(slot, excessNanos);
            }
            case FAILED, REFUSED -> {
                if (current) {
                    failed(slot, reply == Reply.FAILED);
                }
            }
            case ABORTED -> {
                if (current) {
                    end(slot);
                    ledger.abort(siteOf(slot));
                    release(slot, End.ABORTED);
                }
            }
        }
    }

    private int siteOf(int slot) {
        return requests.row[slot] < 0 ? -1 : rows.view.site[requests.row[slot]];
    }

    private void finish(int slot, long excessNanos) {
        int row = requests.row[slot];
        double e2e = (surroundings.now() - requests.sentAt[slot] - excessNanos) / 1e6;
        int model = requests.model[slot];
        if (Double.isNaN(requests.ttftMs[slot])) {
            requests.ttftMs[slot] = e2e;
            flows.firstToken(model, e2e);
        }
        if (row >= 0) {
            rows.view.answers(row);
            ejection.succeeded(row);
        }
        flows.finished(model, siteOf(slot), requests.ttftMs[slot], e2e, requests.generate[slot]);
        surroundings.finished(model, requests.ttftMs[slot], e2e, requests.generate[slot]);
        requests.tally[slot].over(false);
        ledger.finish(siteOf(slot));
        release(slot, End.FINISHED);
    }

    private void end(int slot) {
        flows.failed(requests.model[slot], siteOf(slot));
        requests.tally[slot].over(true);
    }

    /// The replica failed or refused a request: it goes on elsewhere while time and replicas are left.
    private void failed(int slot, boolean countsAgainstReplica) {
        int row = requests.row[slot];
        if (countsAgainstReplica) {
            flows.failed(requests.model[slot], siteOf(slot));
            ejection.failed(row);
        }
        move(slot, 0, true);
    }

    /// Takes a request off the row it is at, with what was streamed so far, and sends it elsewhere; without a place it
    /// waits for one.
    void move(int slot, int tokens, boolean sameSiteAllowed) {
        int row = requests.row[slot];
        int site = siteOf(slot);
        requests.tokensDone[slot] = Math.min(requests.generate[slot], requests.tokensDone[slot] + tokens);
        ledger.moveOut(site, tokens > 0);
        requests.unlink(slot);
        boolean sent = requests.tries[slot] < MOST_TRIES
                && (send(slot, site, row) || (sameSiteAllowed && send(slot, -1, row)));
        if (!sent) {
            requests.attempt[slot] = -1;
            parked.add(name(slot));
        }
    }

    /// Every 10 ms: deadlines, stuck requests, and those that found no place before.
    void tick() {
        long now = surroundings.now();
        while (deadlines.dueAt() <= now) {
            long name = deadlines.take();
            if (isLive(name)) {
                lose((int) name);
            }
        }
        while (firstTokens.dueAt() <= now) {
            long name = firstTokens.take();
            int slot = (int) name;
            if (isLive(name) && isStuck(slot, now)) {
                surroundings.withdraw(requests.attempt[slot]);
                move(slot, 0, true);
            }
        }
        for (int n = parked.size(); n > 0; n--) {
            long name = parked.remove();
            if (isLive(name) && !send((int) name, -1, -1)) {
                parked.add(name);
            }
        }
    }

    private boolean isStuck(int slot, long now) {
        return Double.isNaN(requests.ttftMs[slot])
                && requests.row[slot] >= 0
                && requests.tries[slot] == 1
                && now - requests.dispatchedAt[slot] >= FIRST_TOKEN_NANOS;
    }

    private void lose(int slot) {
        if (requests.attempt[slot] >= 0) {
            surroundings.withdraw(requests.attempt[slot]);
        }
        end(slot);
        ledger.lose(siteOf(slot));
        release(slot, End.LOST);
    }

    /// The client gave a request up before its deadline: it is lost.
    void givenUp(int slot, int stamp) {
        if (requests.stamp[slot] == stamp && requests.live[slot]) {
            lose(slot);
        }
    }

    private void release(int slot, End end) {
        surroundings.ended(slot, requests.stamp[slot], end);
        requests.release(slot);
    }

    /// The process died: every request it had is aborted, and its clients send it again elsewhere.
    List<ClientRequest> abandon() {
        List<ClientRequest> left = new ArrayList<>();
        for (int slot = 0; slot < requests.extent(); slot++) {
            if (requests.live[slot]) {
                left.add(new ClientRequest(
                        requests.model[slot],
                        requests.context[slot],
                        requests.generate[slot],
                        requests.session[slot],
                        requests.sentAt[slot]));
                if (requests.attempt[slot] >= 0) {
                    surroundings.withdraw(requests.attempt[slot]);
                }
                requests.tally[slot].over(true);
                ledger.abort(siteOf(slot));
                release(slot, End.ABORTED);
            }
        }
        return left;
    }
}
