package io.latticeconsole.agent.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which registrations become nodes.
class RosterTest {
    private static final String PREFIX = "/lattices/test/";
    private static final String N1 = "regions/eu/sites/par-1/nodes/n1";

    private final List<String> said = new ArrayList<>();
    private final Set<NodeId> down = new HashSet<>();
    private long revision;

    private final Roster roster = new Roster(
            new Roster.Lattice() {
                @Override
                public String objection(NodeId node) {
                    return node.site().name().endsWith("par-1") ? "" : "is elsewhere";
                }

                @Override
                public @Nullable String configured(NodeId node) {
                    return node.code().equals("n9") ? "10.0.0.9:7701" : null;
                }

                @Override
                public void join(Registration r) {
                    said.add("join " + r.id().code() + " " + r.address());
                }

                @Override
                public void leave(NodeId node) {
                    said.add("leave " + node.code());
                }

                @Override
                public boolean isDown(NodeId node) {
                    return down.contains(node);
                }

                @Override
                public void log(String type, Severity severity, String subject, String message) {
                    said.add(type);
                }
            },
            "lattices/test",
            PREFIX,
            "gateways/eu");

    private static Registration registration(String node, String address, String instance) {
        return new Registration(node, "lattices/test", address, instance, "1.5", null, List.of("minilm"), false);
    }

    private Etcd.Entry entry(Registration r) {
        return new Etcd.Entry(r.key(PREFIX), r.text(), ++revision);
    }

    private List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }

    @Test
    void oneThatIsDeadIsForgottenWhenSomebodySaysSo() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        Etcd.Entry forget = new Etcd.Entry(PREFIX + N1 + "/forget", "", ++revision);
        roster.put(forget);
        roster.put(new Etcd.Entry(PREFIX + "nodes/n1/forget", "", ++revision));
        assertEquals(List.of(), take(), "nobody knows them");
        roster.put(entry(a));
        take();
        roster.put(forget);
        assertEquals(List.of("FORGET_REFUSED"), take(), "it is heard");
        down.add(a.id());
        roster.put(forget);
        assertEquals(List.of("FORGET_REFUSED"), take(), "it is registered");
        roster.deleted(a.key(PREFIX));
        take();
        roster.put(forget);
        roster.deleted(forget.key());
        assertEquals(List.of("leave n1"), take());
        roster.put(entry(registration(N1, "10.0.0.1:7701", "b")));
        assertEquals(List.of("join n1 10.0.0.1:7701"), take(), "it came back all the same");
    }

    @Test
    void oneComesAndLeaves() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        roster.all(List.of(entry(a)));
        assertEquals(List.of("join n1 10.0.0.1:7701"), take());
        roster.put(entry(a));
        assertEquals(List.of(), take());
        roster.put(entry(a.parting()));
        roster.deleted(a.key(PREFIX));
        assertEquals(List.of("leave n1"), take());
        roster.put(entry(registration(N1, "10.0.0.1:7701", "b")));
        assertEquals(List.of("join n1 10.0.0.1:7701"), take());
    }

    @Test
    void aRegistrationThatRunsOutIsNoLoss() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        roster.put(entry(a));
        take();
        roster.all(List.of());
        roster.review();
        assertEquals(List.of("REGISTRATION_LOST"), take());
        roster.put(entry(a));
        assertEquals(List.of(), take(), "it is made again");
    }

    @Test
    void aSecondClaimIsRefusedOnceUntilTheFirstIsGone() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        Registration b = registration(N1, "10.0.0.2:7701", "b");
        roster.put(entry(a));
        roster.put(entry(b));
        roster.put(entry(b));
        roster.review();
        assertEquals(List.of("join n1 10.0.0.1:7701", "CLAIM_REFUSED"), take());
        roster.deleted(a.key(PREFIX));
        roster.review();
        assertEquals(List.of("REGISTRATION_LOST"), take(), "its connection still serves");
        down.add(a.id());
        roster.review();
        assertEquals(List.of("leave n1", "join n1 10.0.0.2:7701"), take());
    }

    @Test
    void whoWasRefusedHasThePlaceOfOneThatLeft() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        Registration b = registration(N1, "10.0.0.2:7701", "b");
        roster.all(List.of(entry(a), entry(b)));
        take();
        roster.put(entry(a.parting()));
        assertEquals(List.of("leave n1", "join n1 10.0.0.2:7701"), take());
    }

    @Test
    void anAgentThatWasStartedAgainIsNoRival() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        Registration again = registration(N1, "10.0.0.1:7701", "b");
        roster.put(entry(a));
        roster.put(entry(again));
        roster.deleted(a.key(PREFIX));
        assertEquals(List.of("join n1 10.0.0.1:7701"), take());
        roster.put(entry(again.parting()));
        assertEquals(List.of("leave n1"), take());
    }

    @Test
    void whatTheConfigurationSaysHolds() {
        String n9 = "regions/eu/sites/par-1/nodes/n9";
        roster.put(entry(registration(n9, "10.0.0.9:7701", "a")));
        assertEquals(List.of(), take());
        roster.put(entry(registration(n9, "10.0.0.8:7701", "b")));
        assertEquals(List.of("CLAIM_REFUSED"), take());
    }

    @Test
    void etcdAwayIsSaidOnceAndChangesNothing() {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        roster.put(entry(a));
        roster.etcdAway("it is away");
        roster.etcdAway("it is away");
        roster.all(List.of(entry(a)));
        assertEquals(List.of("join n1 10.0.0.1:7701", "DISCOVERY_AWAY", "DISCOVERY_BACK"), take());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "par-1/nodes/n1 | ber-1/nodes/n1 | REGISTRATION_REFUSED",
                "lattices/test  | lattices/other | REGISTRATION_REFUSED",
                "1.5            | 2.0            | REGISTRATION_REFUSED",
                "par-1/nodes/n1 | par-1/nodes/N1 | REGISTRATION_INVALID",
                "10.0.0.1:7701  | nowhere        | REGISTRATION_INVALID",
                "minilm         | ../minilm      | REGISTRATION_INVALID",
                "lattices/test  | x              | REGISTRATION_INVALID",
                "leaving        | leavin         | join n1 10.0.0.1:7701"
            })
    void eachFaultOfAValueIsAnEventAndNothingElse(String good, String bad, String expected) {
        Registration a = registration(N1, "10.0.0.1:7701", "a");
        String value = a.text().replace(good.strip(), bad.strip());
        String key = PREFIX + N1.replace(good.strip(), bad.strip()) + "/a";
        roster.put(new Etcd.Entry(key, value, 1));
        assertEquals(List.of(expected), take());
    }

    @Test
    void garbageIsAnEventAndNothingElse() {
        Random random = new Random(5);
        String good = registration(N1, "10.0.0.1:7701", "a").text();
        String key = registration(N1, "10.0.0.1:7701", "a").key(PREFIX);
        roster.put(new Etcd.Entry(key, " ".repeat(1_000_000), 1));
        roster.put(new Etcd.Entry(key, "", 1));
        roster.put(new Etcd.Entry(PREFIX + "regions/eu/stray", good, 1));
        roster.put(new Etcd.Entry(key, "null", 1));
        assertEquals(List.of("REGISTRATION_INVALID"), take().stream().distinct().toList());
        for (int i = 0; i < 5_000; i++) {
            StringBuilder bad = new StringBuilder(good);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                char c = (char) (random.nextBoolean() ? random.nextInt(256) : 32 + random.nextInt(95));
                bad.setCharAt(random.nextInt(bad.length()), c);
            }
            roster.put(new Etcd.Entry(key, bad.toString(), 1));
        }
        assertTrue(take().stream()
                .allMatch(s -> s.startsWith("join n1 ") || s.startsWith("leave") || s.matches("[A-Z_]+")));
    }
}
