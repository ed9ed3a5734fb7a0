package io.latticeconsole.server;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A filter of nodes: `site=PAR-1 AND model=chat-8b AND admin_state=SERVING AND health=DOWN`, any of these terms. Sites
/// and models go by resource name or code.
final class NodeFilter {
    private static final Pattern AND = Pattern.compile("\\s+AND\\s+");
    private static final Pattern TERM = Pattern.compile("\\s*([a-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s\"=]+))\\s*");
    private static final String FIELDS = "site, model, admin_state, health";

    private final List<Term> terms;

    private NodeFilter(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /// Reads a filter; an empty one lets every node pass.
    ///
    /// @throws io.latticeconsole.endpoint.OrderRefused naming `filter` if it cannot be read
    static NodeFilter parse(String text) {
        List<Term> terms = new ArrayList<>();
        if (text.isBlank()) {
            return new NodeFilter(terms);
        }
        for (String part : AND.split(text.strip(), -1)) {
            Matcher matcher = TERM.matcher(part);
            if (!matcher.matches()) {
                throw Refusals.badField(
                        "filter", "has '" + part.strip() + "', expected terms field=value joined by AND");
            }
            String value = Objects.requireNonNullElse(matcher.group(2), matcher.group(3));
            terms.add(term(matcher.group(1), value));
        }
        return new NodeFilter(terms);
    }

    boolean passes(Node node, LatticeState lattice) {
        for (Term term : terms) {
            if (!term.passes(node, lattice)) {
                return false;
            }
        }
        return true;
    }

    private static Term term(String field, String value) {
        return switch (field) {
            case "site" -> new InSite(value);
            case "model" -> new HasModel(value);
            case "admin_state" -> new InAdminState(constant(AdminState.class, field, value));
            case "health" -> new InHealth(constant(Health.class, field, value));
            default -> throw Refusals.badField("filter", "has the field '" + field + "', expected one of " + FIELDS);
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String field, String value) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw Refusals.badField(
                "filter",
                "has " + field + "=" + value + ", expected one of " + Arrays.toString(type.getEnumConstants()));
    }

    private sealed interface Term {
        boolean passes(Node node, LatticeState lattice);
    }

    private record InSite(String value) implements Term {
        @Override
        public boolean passes(Node node, LatticeState lattice) {
            if (node.id().site().name().equals(value)) {
                return true;
            }
            Site site = lattice.sites().get(node.id().site());
            return site != null && site.code().equalsIgnoreCase(value);
        }
    }

    private record HasModel(String value) implements Term {
        @Override
        public boolean passes(Node node, LatticeState lattice) {
            return lattice.replicasOf(node.id()).stream()
                    .anyMatch(r ->
                            r.model().name().equals(value) || r.model().code().equals(value));
        }
    }

    private record InAdminState(AdminState value) implements Term {
        @Override
        public boolean passes(Node node, LatticeState lattice) {
            return node.adminState() == value;
        }
    }

    private record InHealth(Health value) implements Term {
        @Override
        public boolean passes(Node node, LatticeState lattice) {
            return node.health() == value;
        }
    }
}
