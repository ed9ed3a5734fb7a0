package io.latticeconsole.plan;

import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.List;

/// The mean of effects measured again and again, of the sites and models that were predicted. A figure's mean is of
/// the times at which it had a reading, and NaN without one. One thread.
public final class MeanEffects {
    private static final class Mean {
        private double sum;
        private int count;

        void add(double reading) {
            if (Double.isFinite(reading)) {
                sum += reading;
                count++;
            }
        }

        double value() {
            return count == 0 ? Double.NaN : sum / count;
        }
    }

    private record Means(Mean load, Mean ttft, Mean headroom, Mean power, Mean objective) {
        static Means none() {
            return new Means(new Mean(), new Mean(), new Mean(), new Mean(), new Mean());
        }

        void add(SiteEffect measured) {
            load.add(measured.after().value());
            ttft.add(measured.ttftP95After().value());
            headroom.add(measured.headroomAfter().value());
            power.add(measured.powerAfter().value());
            objective.add(measured.objectiveP95After().value());
        }

        SiteEffect effect(SiteEffect predicted) {
            return new SiteEffect(
                    predicted.site(),
                    predicted.model(),
                    predicted.before(),
                    new PerSecond(load.value()),
                    predicted.ttftP95Before(),
                    new Millis(ttft.value()),
                    predicted.headroomBefore(),
                    new Ratio(headroom.value()),
                    new Watts(power.value()),
                    predicted.objectiveP95Before(),
                    new Millis(objective.value()));
        }
    }

    private final List<SiteEffect> predicted;
    private final List<Means> means;

    public MeanEffects(List<SiteEffect> predicted) {
        this.predicted = List.copyOf(predicted);
        means = this.predicted.stream().map(_ -> Means.none()).toList();
    }

    /// Counts in one measurement, in the order of what was predicted.
    public void add(List<SiteEffect> measured) {
        for (int i = 0; i < means.size(); i++) {
            means.get(i).add(measured.get(i));
        }
    }

    /// The means: `before` as predicted, `after` as measured.
    public List<SiteEffect> effects() {
        List<SiteEffect> effects = new ArrayList<>();
        for (int i = 0; i < means.size(); i++) {
            effects.add(means.get(i).effect(predicted.get(i)));
        }
        return effects;
    }
}
