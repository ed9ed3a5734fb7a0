package io.latticeconsole.app.view.topbar;

import io.latticeconsole.lattice.Site;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleStore;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;

/// The lattice in six figures, over everything that can be heard now. Latencies are of all models together, from merged
/// histograms; the error ratio is of the requests that ended.
public record LatticeFigures(
        PerSecond requests,
        Millis ttftP95,
        Millis e2eP95,
        Ratio errors,
        Watts power,
        Watts powerCap,
        PerSecond tokens) {
    public static final LatticeFigures NONE = new LatticeFigures(
            PerSecond.NONE, Millis.NONE, Millis.NONE, Ratio.NONE, Watts.NONE, Watts.NONE, PerSecond.NONE);

    static LatticeFigures of(ConsoleState state, LiveTraffic traffic, SampleStore samples) {
        LatencyHistogram ttft = LatencyHistogram.EMPTY;
        LatencyHistogram e2e = LatencyHistogram.EMPTY;
        double arrived = 0;
        double finished = 0;
        double failed = 0;
        double tokens = 0;
        for (ModelSummary m : traffic.models().values()) {
            ttft = ttft.plus(m.ttft());
            e2e = e2e.plus(m.e2e());
            arrived += orZero(m.arrived());
            finished += orZero(m.finished());
            failed += orZero(m.failed());
            tokens += orZero(m.tokens());
        }
        boolean any = !traffic.models().isEmpty();
        double ended = finished + failed;
        return new LatticeFigures(
                any ? new PerSecond(arrived) : PerSecond.NONE,
                ttft.quantile(0.95),
                e2e.quantile(0.95),
                ended > 0 ? new Ratio(failed / ended) : Ratio.NONE,
                power(samples),
                cap(state),
                any ? new PerSecond(tokens) : PerSecond.NONE);
    }

    private static double orZero(PerSecond rate) {
        return rate.isPresent() ? rate.value() : 0;
    }

    private static Watts power(SampleStore samples) {
        float[] watts = new float[samples.size()];
        int n = samples.copyLatest(Metric.POWER_WATTS, watts);
        double sum = Double.NaN;
        for (int i = 0; i < n; i++) {
            if (!Float.isNaN(watts[i])) {
                sum = (Double.isNaN(sum) ? 0 : sum) + watts[i];
            }
        }
        return new Watts(sum);
    }

    private static Watts cap(ConsoleState state) {
        double sum = 0;
        for (Site site : state.lattice().sites().values()) {
            sum += site.powerCap().value(); // one that nobody knows leaves the sum unknown
        }
        return sum > 0 ? new Watts(sum) : Watts.NONE;
    }
}
