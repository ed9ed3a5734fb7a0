package io.latticeconsole.agent.discovery;

/// Reads what anybody may have written into etcd.
public final class ForeignRegistrations {
    private static final String PREFIX = "/lattice/test/";

    private ForeignRegistrations() {}

    public static void read(String value) {
        String key = PREFIX + "regions/eu/sites/par-1/nodes/n1/i-1";
        try {
            Registration.read(PREFIX, new Etcd.Entry(key, value, 1));
        } catch (BadRegistration expected) {
            // said what is wrong
        }
    }
}
