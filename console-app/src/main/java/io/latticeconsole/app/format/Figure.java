package io.latticeconsole.app.format;

/// A number as it is read: its digits and its unit, which may be empty.
public record Figure(String value, String unit) {
    /// What stands where there is no reading.
    public static final Figure NONE = new Figure("–", "");

    /// Digits and unit with a space between; the unit of a rate stands close.
    public String text() {
        if (unit.isEmpty()) {
            return value;
        }
        return unit.endsWith("/s") ? value + unit : value + ' ' + unit;
    }

    @Override
    public String toString() {
        return text();
    }
}
