package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.Entry;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.OperationSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Which sites serve one model's requests from one region, in whole per cent that sum to 100, or the router's choice.
public final class RerouteForm implements PlanForm {
    private static final double LONGEST_SECONDS = 7 * 24 * 3600;
    private final Route route;
    private final List<WeightField> weights;
    private final ObjectProperty<RouteMode> mode = new SimpleObjectProperty<>(RouteMode.WEIGHTED);
    private final StringProperty ramp = new SimpleStringProperty("");
    private final StringProperty expiry = new SimpleStringProperty("");
    private final BooleanProperty revert = new SimpleBooleanProperty(true);

    RerouteForm(LatticeState lattice, Route route) {
        this.route = route;
        weights = fieldsOf(lattice, route);
    }

    public RouteId route() {
        return route.id();
    }

    public RouteMode modeBefore() {
        return route.mode();
    }

    /// One field for each site that serves the model or has a share of the route, largest share first.
    public List<WeightField> weights() {
        return weights;
    }

    public ObjectProperty<RouteMode> modeProperty() {
        return mode;
    }

    public StringProperty rampProperty() {
        return ramp;
    }

    public StringProperty expiryProperty() {
        return expiry;
    }

    public BooleanProperty revertProperty() {
        return revert;
    }

    /// Sum of all shares in per cent.
    public int sum() {
        return weights.stream().mapToInt(w -> w.percentProperty().get()).sum();
    }

    /// Takes a site out of the route and gives its share to the others in proportion.
    public void withdraw(SiteId site) {
        double rest = weights.stream()
                .filter(w -> !w.site().equals(site))
                .mapToInt(WeightField::before)
                .sum();
        List<SiteWeight> wished = new ArrayList<>();
        for (WeightField w : weights) {
            boolean out = w.site().equals(site);
            wished.add(new SiteWeight(w.site(), out || rest == 0 ? 0 : w.before() / rest));
        }
        if (rest > 0) {
            int[] whole = wholePercents(wished);
            for (int i = 0; i < whole.length; i++) {
                weights.get(i).percentProperty().set(whole[i]);
            }
        }
    }

    @Override
    public PlanKind kind() {
        return PlanKind.REROUTE;
    }

    @Override
    public List<Observable> inputs() {
        List<Observable> all = new ArrayList<>(List.of(mode, ramp, expiry, revert));
        weights.forEach(w -> all.add(w.percentProperty()));
        return all;
    }

    @Override
    public Checked check(LatticeState lattice) {
        List<FieldError> errors = new ArrayList<>();
        Entry perSecond = Fields.entry(FormField.RAMP, Entry.percent(ramp.get(), 0.1, 100), errors);
        Entry seconds = Fields.entry(FormField.EXPIRY, Entry.seconds(expiry.get(), LONGEST_SECONDS), errors);
        boolean weighted = mode.get() == RouteMode.WEIGHTED;
        if (weighted && sum() != 100) {
            errors.add(new FieldError(FormField.WEIGHTS, PaneText.of("reroute.sum", Integer.toString(sum()))));
        }
        if (!errors.isEmpty()) {
            return new Checked(null, errors);
        }
        List<SiteWeight> shares = weighted
                ? weights.stream()
                        .filter(w -> w.percentProperty().get() > 0)
                        .map(w -> new SiteWeight(w.site(), w.percentProperty().get() / 100.0))
                        .toList()
                : List.of();
        Route now = lattice.routes().getOrDefault(route.id(), route);
        return new Checked(
                new OperationSpec.Reroute(
                        route.id(),
                        now.etag(),
                        mode.get(),
                        shares,
                        Fields.orDefault(perSecond),
                        Fields.duration(seconds),
                        !revert.get()),
                errors);
    }

    @Override
    public String toString() {
        return PaneText.of("plan.kind", kind()) + " " + route.id().name();
    }

    private static List<WeightField> fieldsOf(LatticeState lattice, Route route) {
        Set<SiteId> sites = new HashSet<>();
        route.weights().forEach(w -> sites.add(w.site()));
        for (var ofNode : lattice.replicas().values()) {
            for (Replica replica : ofNode.values()) {
                if (replica.model().equals(route.id().model())) {
                    sites.add(replica.id().node().site());
                }
            }
        }
        int[] whole = wholePercents(route.weights());
        Map<SiteId, Integer> now = new HashMap<>();
        for (int i = 0; i < whole.length; i++) {
            now.put(route.weights().get(i).site(), whole[i]);
        }
        return sites.stream()
                .map(s -> new WeightField(s, ObjectNames.site(lattice, s), now.getOrDefault(s, 0)))
                .sorted(Comparator.comparingInt((WeightField w) -> -w.before()).thenComparing(WeightField::code))
                .toList();
    }

    /// Whole per cents that sum to 100, by largest remainder; all 0 where there is no share at all.
    static int[] wholePercents(List<SiteWeight> weights) {
        double total = weights.stream().mapToDouble(SiteWeight::weight).sum();
        int[] whole = new int[weights.size()];
        if (!(total > 0)) {
            return whole;
        }
        Integer[] byRemainder = new Integer[whole.length];
        double[] exact = new double[whole.length];
        int sum = 0;
        for (int i = 0; i < whole.length; i++) {
            exact[i] = 100 * weights.get(i).weight() / total;
            whole[i] = (int) Math.floor(exact[i]);
            sum += whole[i];
            byRemainder[i] = i;
        }
        Arrays.sort(byRemainder, Comparator.comparingDouble(i -> whole[i] - exact[i]));
        for (int k = 0; k < 100 - sum; k++) {
            whole[byRemainder[k]]++;
        }
        return whole;
    }
}
