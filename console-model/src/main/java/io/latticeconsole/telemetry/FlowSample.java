package io.latticeconsole.telemetry;

import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;

/// What an ingress observed on a route to one site; latency is the model's objective metric.
public record FlowSample(RouteId route, SiteId site, PerSecond requests, Millis latencyP95, Ratio errorRatio) {}
