package io.latticeconsole.routing;

/// One request as the router sees it, reused between calls to keep routing free of garbage. `model` is an index of the
/// view; `warmRow` the row that served the request's session last, or -1; `random` decides every draw, so that the same
/// request, view and time give the same choice; `avoidSite` is a site not to be used again, or -1.
public final class RouteRequest {
    public int model;
    public double contextTokens;
    public double cachedTokens;
    public double expectedTokens;

    /// The most tokens the reply may have, and the time left for it; a replica that would be too slow ranks last.
    public double mostTokens;

    public double millisLeft = Double.POSITIVE_INFINITY;
    public int warmRow = -1;
    public int avoidSite = -1;
    public int avoidRow = -1;
    public long random;
}
