package io.latticeconsole.app.view.plan;

import io.latticeconsole.lattice.SiteId;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;

/// The share of one site in a route's form, in whole per cent; `before` is the share it has now.
public final class WeightField {
    private final SiteId site;
    private final String code;
    private final int before;
    private final IntegerProperty percent;
    private final ObjectProperty<Integer> boxed;

    WeightField(SiteId site, String code, int before) {
        this.site = site;
        this.code = code;
        this.before = before;
        percent = new SimpleIntegerProperty(before);
        boxed = percent.asObject();
    }

    public SiteId site() {
        return site;
    }

    public String code() {
        return code;
    }

    public int before() {
        return before;
    }

    public IntegerProperty percentProperty() {
        return percent;
    }

    /// The same as a boxed value. Bindings hold both ends weakly, so somebody has to keep this one: the field does.
    ObjectProperty<Integer> boxedProperty() {
        return boxed;
    }
}
