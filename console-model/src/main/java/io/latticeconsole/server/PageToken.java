package io.latticeconsole.server;

import io.latticeconsole.endpoint.OrderRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a listing goes on: after the last name of the page before. It holds for the same listing only, and survives
/// changes of the lattice between two pages.
final class PageToken {
    static final int DEFAULT_SIZE = 100;
    static final int MAX_SIZE = 1000;
    private static final String VERSION = "1";

    private PageToken() {}

    /// The token for what follows `lastName` in a listing, told apart by its method and filter.
    static String after(String listing, String lastName) {
        String text = VERSION + "\n" + Integer.toHexString(listing.hashCode()) + "\n" + lastName;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The name after which the page begins, empty for the first page.
    ///
    /// @throws OrderRefused naming `page_token` if it is not one of this listing
    static String read(String listing, String token) {
        if (token.isEmpty()) {
            return "";
        }
        String[] parts = decode(token).split("\n", 3);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw Refusals.badField("page_token", "is not a token that this endpoint gave out");
        }
        if (!parts[1].equals(Integer.toHexString(listing.hashCode()))) {
            throw Refusals.badField("page_token", "belongs to another listing; repeat filter and parent unchanged");
        }
        return parts[2];
    }

    /// The number of objects on a page.
    ///
    /// @throws OrderRefused naming `page_size` if it is negative
    static int size(int asked) {
        if (asked < 0) {
            throw Refusals.badField("page_size", "is " + asked + ", expected 0 (the default, 100) to " + MAX_SIZE);
        }
        return asked == 0 ? DEFAULT_SIZE : Math.min(asked, MAX_SIZE);
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            OrderRefused refused = Refusals.badField("page_token", "is not a token that this endpoint gave out");
            refused.initCause(e);
            throw refused;
        }
    }
}
