package io.latticeconsole.routing;

/// The router: request, what is known of replicas and time give ranked replicas. It keeps no state but its round-robin
/// counter and reads no clock; all draws come from the request's random number.
///
/// Sources: least [cost][RouteCost] among a few sampled against herding on stale reports is Mitzenmacher's
/// power of d choices (2001, "How useful is old information", 2000); the warm-cache owner as an extra candidate
/// follows prefix-aware routing as in SGLang (2024); spilling to other regions by level, min(100 %, healthy ×
/// 1.4), slow start and ejection are Envoy's.
public final class Router {
    private static final long SLOW_START_NANOS = 10_000_000_000L;
    private static final int SAMPLES = 4;

    private final RoutingPolicy policy;
    private long turn;

    public Router(RoutingPolicy policy) {
        this.policy = policy;
    }

    /// Chooses a row for a request at a lattice time in nanoseconds. An empty choice means that nothing eligible is
    /// known.
    public void route(RouteRequest request, RouterView view, long now, RouteChoice out) {
        out.clear();
        int[] order = view.order[request.model];
        if (order.length == 0) {
            return;
        }
        switch (policy) {
            case LATTICE -> lattice(request, view, now, out);
            case ROUND_ROBIN -> scan(request, view, now, out, Math.floorMod(turn++, order.length), false);
            case NEAREST -> nearest(request, view, now, out);
            case LEAST_REQUESTS -> scan(request, view, now, out, 0, true);
            case POWER_OF_TWO -> powerOfTwo(request, view, now, out);
        }
    }

    private void lattice(RouteRequest q, RouterView v, long now, RouteChoice out) {
        long random = mix(q.random);
        double[] weights = v.weights[q.model];
        if (weights != null && weighted(q, v, now, weights, random, out)) {
            return;
        }
        int[] starts = v.levelStart[q.model];
        int level = firstLevel(v, q.model, starts, random);
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        if (q.warmRow >= 0 && usable(q, v, q.warmRow, now) && v.model[q.warmRow] == q.model) {
            best = q.warmRow;
            least = RouteCost.of(q, v, best, now);
        }
        for (int l = level; l < starts.length - 1; l++) {
            int from = starts[l];
            int n = starts[l + 1] - from;
            for (int i = 0; i < Math.min(SAMPLES, n); i++) {
                random = mix(random);
                int row = v.order[q.model][from + bounded(random, n)];
                if (usable(q, v, row, now) && admits(v, row, now, random)) {
                    double cost = RouteCost.of(q, v, row, now);
                    if (cost < least) {
                        least = cost;
                        best = row;
                    }
                }
            }
            if (best >= 0 && least < RouteCost.BREAKS_OBJECTIVE) {
                break;
            }
        }
        if (best >= 0) {
            out.row = best;
        } else {
            scan(q, v, now, out, 0, true);
        }
    }

    /// The level that takes the request: local first, the next in the share that the local one is short of.
    private static int firstLevel(RouterView v, int model, int[] starts, long random) {
        double draw = (random >>> 11) * 0x1.0p-53;
        int levels = starts.length - 1;
        for (int l = 0; l < levels; l++) {
            double share = v.levelShare[model][l];
            if (draw < share && starts[l + 1] > starts[l]) {
                return l;
            }
            draw = share >= 1 ? draw : (draw - share) / (1 - share);
        }
        return 0;
    }

    /// Draws the site by the operators' weights; a site with nothing eligible passes its share on in proportion.
    private boolean weighted(RouteRequest q, RouterView v, long now, double[] weights, long random, RouteChoice out) {
        double total = 0;
        int[] bestOf = new int[weights.length];
        double[] costOf = new double[weights.length];
        java.util.Arrays.fill(bestOf, -1);
        for (int row : v.order[q.model]) {
            int site = v.site[row];
            if (weights[site] > 0 && usable(q, v, row, now)) {
                double cost = RouteCost.of(q, v, row, now);
                total += bestOf[site] < 0 ? weights[site] : 0;
                if (bestOf[site] < 0 || cost < costOf[site]) {
                    bestOf[site] = row;
                    costOf[site] = cost;
                }
            }
        }
        double draw = (random >>> 11) * 0x1.0p-53 * total;
        for (int site = 0; site < weights.length; site++) {
            if (bestOf[site] >= 0) {
                draw -= weights[site];
                if (draw < 0) {
                    out.row = bestOf[site];
                    return true;
                }
            }
        }
        return false;
    }

    private void nearest(RouteRequest q, RouterView v, long now, RouteChoice out) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int row : v.order[q.model]) {
            double rtt = v.siteRtt[v.site[row]] + 1e-3 * v.inFlight(row);
            if (rtt < least && usable(q, v, row, now)) {
                least = rtt;
                best = row;
            }
        }
        if (best >= 0) {
            out.row = best;
        }
    }

    private void powerOfTwo(RouteRequest q, RouterView v, long now, RouteChoice out) {
        int[] order = v.order[q.model];
        long random = q.random;
        int best = -1;
        for (int i = 0; i < 2; i++) {
            random = mix(random);
            int row = order[bounded(random, order.length)];
            if (usable(q, v, row, now) && (best < 0 || load(v, row) < load(v, best))) {
                best = row;
            }
        }
        if (best >= 0) {
            out.row = best;
        } else {
            scan(q, v, now, out, 0, true);
        }
    }

    private static double load(RouterView v, int row) {
        return v.inFlight(row);
    }

    /// First usable row from a start on, or the one with the fewest requests.
    private static void scan(
            RouteRequest q, RouterView v, long now, RouteChoice out, int start, boolean fewestRequests) {
        int[] order = v.order[q.model];
        int best = -1;
        for (int i = 0; i < order.length; i++) {
            int row = order[(start + i) % order.length];
            if (usable(q, v, row, now) && (best < 0 || load(v, row) < load(v, best))) {
                best = row;
                if (!fewestRequests) {
                    break;
                }
            }
        }
        if (best >= 0) {
            out.row = best;
        }
    }

    private static boolean usable(RouteRequest q, RouterView v, int row, long now) {
        return row != q.avoidRow && v.site[row] != q.avoidSite && v.eligible(row, now);
    }

    /// Slow start and reduced admission: a row takes its share of the draws that hit it.
    private static boolean admits(RouterView v, int row, long now, long random) {
        double ramp = Math.min(1, 0.1 + 0.9 * (now - v.readySince[row]) / SLOW_START_NANOS);
        double share = v.admission[row] * ramp;
        return share >= 1 || ((mix(random ^ 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53) < share;
    }

    private static int bounded(long random, int n) {
        return (int) (((random >>> 33) * n) >>> 31);
    }

    private static long mix(long z) {
        long y = z + 0x9E3779B97F4A7C15L;
        long a = (y ^ (y >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
