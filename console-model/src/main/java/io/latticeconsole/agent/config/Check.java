package io.latticeconsole.agent.config;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/// What values of a configuration must look like.
final class Check {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private Check() {}

    static void code(String field, String value) {
        if (!CODE.matcher(value).matches()) {
            throw new BadField(field, value, "a short name of lower-case letters, digits and hyphens");
        }
    }

    static InetSocketAddress address(String field, String value) {
        var matcher = ADDRESS.matcher(value);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : -1;
        if (port < 0 || port > HIGHEST_PORT) {
            throw new BadField(field, value, "host:port, such as 127.0.0.1:7701");
        }
        return new InetSocketAddress(matcher.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    static void range(String field, double value, double low, double high, String unit) {
        if (!(value >= low && value <= high)) {
            throw new BadField(field, plain(value), plain(low) + " to " + plain(high) + " " + unit);
        }
    }

    static void position(double latitude, double longitude) {
        range("latitude", latitude, -90, 90, "degrees");
        range("longitude", longitude, -180, 180, "degrees");
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
