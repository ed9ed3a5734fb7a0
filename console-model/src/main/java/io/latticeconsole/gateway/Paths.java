package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.world.SiteSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.Arrays;
import java.util.Locale;

/// A gateway's network paths to every site, measured by probes twice a second.
final class Paths {
    private static final long CUT_NANOS = 2_500_000_000L;
    private static final double CHANGE = 0.25;

    /// A cut is logged only if by then nothing else explains it.
    private static final long EXPLAINED_NANOS = 1_000_000_000L;

    private final Surroundings surroundings;
    private final Book book;
    private final Rows rows;
    private final Ingress ingress;
    private final PeerLinks peers;
    private final int region;
    private final long[] heard;
    private final double[] rtt;
    private final double[] loss;
    private final boolean[] cut;
    private final double[] publishedRtt;
    private final double[] publishedLoss;
    private final boolean[] publishedCut;
    private final long[] cutSince;
    private final boolean[] cutLogged;
    private final boolean[] logged;
    private final double[] usual;
    private final boolean[] slowLogged;

    Paths(Surroundings surroundings, Book book, Rows rows, Ingress ingress, PeerLinks peers, int region) {
        this.surroundings = surroundings;
        this.book = book;
        this.rows = rows;
        this.ingress = ingress;
        this.peers = peers;
        this.region = region;
        int n = surroundings.world().sites().size();
        heard = new long[n];
        rtt = new double[n];
        loss = new double[n];
        cut = new boolean[n];
        publishedRtt = new double[n];
        publishedLoss = new double[n];
        publishedCut = new boolean[n];
        cutSince = new long[n];
        cutLogged = new boolean[n];
        logged = new boolean[n];
        usual = new double[n];
        slowLogged = new boolean[n];
        Arrays.fill(rtt, Double.NaN);
        Arrays.fill(publishedRtt, Double.NaN);
    }

    private PathId id(int site) {
        WorldSpec world = surroundings.world();
        SiteSpec from = world.sites().get(world.regions().get(region).ingressSite());
        return new PathId(
                from.id().name() + "/paths/" + world.sites().get(site).id().code());
    }

    /// A probe came back.
    void probed(int site, double ms) {
        heard[site] = surroundings.now();
        rtt[site] = Double.isNaN(rtt[site]) ? ms : rtt[site] + 0.3 * (ms - rtt[site]);
        loss[site] *= 0.9;
        usual[site] = usual[site] == 0 ? ms : Math.min(usual[site] * 1.0005, rtt[site]);
        if (cut[site]) {
            cut[site] = false;
            cutLogged[site] = false;
            if (logged[site]) {
                logged[site] = false;
                log(site, "PATH_RESTORED", Severity.INFO, "is back");
            }
        }
        rows.view.siteRtt[site] = rtt[site];
    }

    /// Each 500 ms, before new probes go out: judges and publishes.
    void judge() {
        long now = surroundings.now();
        for (int s = 0; s < heard.length; s++) {
            long silence = now - heard[s];
            if (silence > 900_000_000L) {
                loss[s] += 0.1 * (1 - loss[s]);
            }
            if (!cut[s] && silence >= CUT_NANOS) {
                cut[s] = true;
                rows.view.siteRtt[s] = Double.POSITIVE_INFINITY;
                cutSince[s] = now;
                ingress.evacuation.moveOffSite(s);
                publish(s);
            } else if (!Double.isNaN(rtt[s]) && differs(s)) {
                publish(s);
            }
            judgeSpeed(s);
            if (cut[s] && !cutLogged[s] && now - cutSince[s] >= EXPLAINED_NANOS) {
                cutLogged[s] = true;
                if (isUnexplained(s)) {
                    log(s, "PATH_CUT", Severity.HIGH, "does not answer; requests go elsewhere");
                    logged[s] = true;
                }
            }
        }
    }

    /// Whether nothing else tells why the path is silent: its nodes are not down, its gateway is heard.
    private boolean isUnexplained(int s) {
        if (!peers.reachable(surroundings.world().sites().get(s).region())) {
            return false;
        }
        SiteId site = surroundings.world().sites().get(s).id();
        return book.state().nodes().values().stream()
                .anyMatch(n -> n.id().site().equals(site) && n.health() != Health.DOWN);
    }

    private void judgeSpeed(int s) {
        boolean slow = !cut[s] && rtt[s] > 1.5 * usual[s] + 10;
        if (slow && !slowLogged[s]) {
            slowLogged[s] = true;
            log(
                    s,
                    "PATH_SLOW",
                    Severity.LOW,
                    String.format(Locale.ROOT, "takes %.0f ms, usually %.0f ms", rtt[s], usual[s]));
        } else if (slowLogged[s] && !slow && rtt[s] < 1.25 * usual[s] + 5) {
            slowLogged[s] = false;
        }
    }

    private boolean differs(int s) {
        return Double.isNaN(publishedRtt[s])
                || Math.abs(rtt[s] - publishedRtt[s]) > CHANGE * publishedRtt[s] + 2
                || Math.abs(loss[s] - publishedLoss[s]) > 0.15
                || (!cut[s] && publishedCut[s]);
    }

    private void publish(int s) {
        publishedRtt[s] = rtt[s];
        publishedLoss[s] = loss[s];
        publishedCut[s] = cut[s];
        book.put(new NetworkPath(
                id(s),
                surroundings.world().sites().get(s).id(),
                new Millis(Math.round(rtt[s] * 10) / 10.0),
                Math.round(loss[s] * 100) / 100.0,
                cut[s],
                book.etag()));
    }

    private void log(int site, String type, Severity severity, String text) {
        WorldSpec world = surroundings.world();
        String from =
                world.sites().get(world.regions().get(region).ingressSite()).code();
        book.log(
                type,
                severity,
                id(site).name(),
                "path " + from + " → " + world.sites().get(site).code() + " " + text,
                "",
                "");
    }
}
