package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Tier;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Lattices of any size for tests and for looking at: places from real cities, nodes and values from a seed.
public final class SeededLattice {
    private static final String[][] CITIES = {
        {
            "North America West",
            "SEA 47.6 -122.3",
            "SFO 37.6 -122.4",
            "LAX 33.9 -118.4",
            "DEN 39.7 -105",
            "PDX 45.5 -122.7"
        },
        {"North America East", "NYC 40.7 -74", "IAD 38.9 -77.4", "CHI 41.9 -87.6", "YYZ 43.7 -79.4", "ATL 33.7 -84.4"},
        {"South America", "GRU -23.5 -46.6", "EZE -34.6 -58.4", "SCL -33.4 -70.7", "BOG 4.7 -74.1"},
        {"Europe", "FRA 50.1 8.7", "PAR 48.9 2.4", "AMS 52.4 4.9", "MAD 40.4 -3.7", "WAW 52.2 21"},
        {"Asia Pacific", "NRT 35.8 140.4", "SIN 1.35 103.8", "SYD -33.9 151.2", "BOM 19.1 72.9", "ICN 37.5 126.5"}
    };

    private SeededLattice() {}

    /// A topology of so many nodes over five regions; each region's ingress is linked to all its sites and some of its
    /// neighbours'.
    public static MapTopology topology(int nodes, long seed) {
        Random random = new Random(seed);
        MapTopology.Builder b = new MapTopology.Builder();
        int sites = 0;
        int turns = Math.max(1, nodes / 2400);
        for (int r = 0; r < CITIES.length; r++) {
            String[] first = CITIES[r][1].split(" ", -1);
            b.region("regions/r" + r, CITIES[r][0], Double.parseDouble(first[1]), Double.parseDouble(first[2]));
            for (int turn = 1; turn <= turns; turn++) {
                for (int c = 1; c < CITIES[r].length; c++) {
                    String[] city = CITIES[r][c].split(" ", -1);
                    Tier tier = c == 1 ? Tier.REGIONAL : c <= 3 ? Tier.METRO : Tier.EDGE;
                    double lat = Double.parseDouble(city[1]) + (turn - 1) * (random.nextDouble() - 0.5) * 4;
                    double lon = Double.parseDouble(city[2]) + (turn - 1) * (random.nextDouble() - 0.5) * 4;
                    String code = city[0] + "-" + turn;
                    b.site(r, "regions/r" + r + "/sites/" + code.toLowerCase(Locale.ROOT), code, tier, lat, lon);
                    sites++;
                }
            }
        }
        MapTopology places = b.build();
        double[] share = new double[sites];
        double total = 0;
        for (int s = 0; s < sites; s++) {
            share[s] = switch (places.site(s).tier()) {
                case REGIONAL -> 8;
                case METRO -> 4;
                case EDGE -> 2;
            };
            total += share[s];
        }
        double upTo = 0;
        int put = 0;
        for (int s = 0; s < sites; s++) {
            upTo += share[s] / total;
            int here = (int) Math.round(nodes * upTo) - put;
            for (int i = 1; i <= here; i++) {
                b.node(s, places.site(s).key() + "/nodes/n" + i, "n" + i);
            }
            put += here;
        }
        for (int s = 0; s < sites; s++) {
            b.link(places.site(s).region(), places.siteAnchor(s));
            if (random.nextInt(6) == 0) {
                b.link((places.site(s).region() + 1) % CITIES.length, places.siteAnchor(s));
            }
        }
        return b.build();
    }

    /// A quiet moment: every node up, fresh, serving, and inside its bands.
    public static MapFrame.Builder quiet(MapTopology topology, long seed) {
        Random random = new Random(seed);
        MapFrame.Builder b = new MapFrame.Builder(topology);
        double[][] bands = {{0.4, 0.8}, {45, 70}, {300, 900}, {80, 300}};
        for (int n = 0; n < topology.nodeCount(); n++) {
            b.condition(n, Health.UP, AdminState.SERVING, Freshness.FRESH);
            for (Mark mark : Mark.values()) {
                double[] band = bands[mark.index()];
                double at = band[0] + (band[1] - band[0]) * Math.clamp(0.5 + random.nextGaussian() * 0.18, 0.05, 0.95);
                b.mark(n, mark, at, band[0], band[1]);
            }
        }
        for (int l = 0; l < topology.linkCount(); l++) {
            b.link(l, Math.exp(random.nextDouble() * 6), 8 + random.nextDouble() * 90);
        }
        b.details(n -> n % 2 == 1 ? "chat-8b ×2 · vision-2b" : "chat-70b · embed-0.3b");
        return b.sparks((node, mark, target) -> wave(node * 7 + mark.index(), target));
    }

    private static int wave(int seed, float[] target) {
        Random random = new Random(seed);
        double v = 0.6;
        for (int i = 0; i < target.length; i++) {
            v = Math.clamp(v + random.nextGaussian() * 0.02, 0.2, 0.95);
            target[i] = (float) v;
        }
        return target.length;
    }

    /// The moment of the picture in the design: a node down and its load moving, two hot nodes, one cool one, one
    /// without readings.
    public static MapFrame troubled(MapTopology t, long seed) {
        MapFrame.Builder b = quiet(t, seed);
        int par = t.anchor("regions/r3/sites/par-1").orElseThrow();
        int fra = t.anchor("regions/r3/sites/fra-1").orElseThrow();
        int ams = t.anchor("regions/r3/sites/ams-1").orElseThrow();
        int down = t.nodeAt(t.indexOf(par), 1);
        b.condition(down, Health.DOWN, AdminState.SERVING, Freshness.FRESH).priority(down, 1);
        for (int i : new int[] {0, 3}) {
            int hot = t.nodeAt(t.indexOf(fra), i);
            b.priority(hot, 2).mark(hot, Mark.UTILIZATION, 0.97, 0.4, 0.8).mark(hot, Mark.LATENCY, 612, 80, 300);
        }
        int warm = t.nodeAt(t.indexOf(t.anchor("regions/r4/sites/sin-1").orElseThrow()), 2);
        b.priority(warm, 3).mark(warm, Mark.TEMPERATURE, 78, 45, 70);
        int silent = t.nodeAt(t.indexOf(t.anchor("regions/r0/sites/den-1").orElseThrow()), 1);
        for (Mark mark : Mark.values()) {
            b.mark(silent, mark, Double.NaN, 0, 1);
        }
        b.condition(silent, Health.UP, AdminState.SERVING, Freshness.STALE);
        int scl = t.indexOf(t.anchor("regions/r2/sites/scl-1").orElseThrow());
        for (int i = 0; i < t.nodesAt(scl); i++) {
            b.condition(t.nodeAt(scl, i), Health.UP, AdminState.SERVING, Freshness.UNREACHABLE);
        }
        int iad = t.indexOf(t.anchor("regions/r1/sites/iad-1").orElseThrow());
        b.condition(t.nodeAt(iad, 0), Health.UP, AdminState.DRAINED, Freshness.FRESH);
        b.condition(t.nodeAt(iad, 1), Health.UP, AdminState.DRAINING, Freshness.FRESH);
        b.condition(t.nodeAt(iad, 2), Health.UP, AdminState.SERVING, Freshness.FRESH)
                .armed(t.nodeAt(iad, 2), true);
        b.condition(t.nodeAt(iad, 3), Health.SUSPECT, AdminState.SERVING, Freshness.FRESH)
                .priority(t.nodeAt(iad, 3), 4);
        b.mark(t.nodeAt(iad, 3), Mark.POWER, 200, 300, 900);
        b.comets(List.of(
                new Comet(par, fra, 196, 1.2),
                new Comet(par, ams, 312, 1.2),
                new Comet(t.site(t.indexOf(par)).region(), par, -508, 1.2)));
        return b.build();
    }
}
