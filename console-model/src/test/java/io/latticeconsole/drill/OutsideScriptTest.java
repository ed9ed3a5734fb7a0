package io.latticeconsole.drill;

import static io.latticeconsole.drill.ReflectedClient.field;
import static io.latticeconsole.drill.ReflectedClient.list;
import static io.latticeconsole.drill.ReflectedClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a script can do with an address and reflection alone: nothing of ours but the wire.
@Timeout(240)
class OutsideScriptTest {
    private static final String LATTICE = "lattice.v1.LatticeService/";
    private static final String OPERATION = "lattice.v1.OperationService/";
    private static final String EXERCISE = "lattice.v1.ExerciseService/";

    @Test
    void aScriptListsWatchesCrashesDrainsAndRestores() throws Exception {
        try (DrillLattice drill = DrillLattice.start(new DrillOptions(24, 11, 60, null, "127.0.0.1", 0));
                ReflectedClient first = new ReflectedClient(drill.addresses().getFirst())) {
            assertTrue(first.services().contains("lattice.v1.LatticeService"));
            DynamicMessage lattice = first.call(LATTICE + "GetLattice", "");
            assertEquals("MODE_EXERCISE", text(lattice, "mode"));
            Set<String> nodes = nodesOfAll(lattice);
            assertEquals(24, nodes.size());

            String coordinator = text(lattice, "coordinator");
            Message peer = list(lattice, "peers").stream()
                    .filter(p -> text(p, "gateway").equals(coordinator))
                    .findFirst()
                    .orElseThrow();
            try (ReflectedClient boss = new ReflectedClient(text(peer, "address"))) {
                walk(boss);
            }
            assertEquals(0, drill.failures());
        }
    }

    /// Every gateway lists what it owns; together that is the lattice, each node once.
    private static Set<String> nodesOfAll(DynamicMessage lattice) throws Exception {
        Set<String> nodes = new HashSet<>();
        for (Message peer : list(lattice, "peers")) {
            try (ReflectedClient gateway = new ReflectedClient(text(peer, "address"))) {
                for (Message node : list(gateway.call(LATTICE + "ListNodes", "page_size: 1000"), "nodes")) {
                    assertTrue(nodes.add(text(node, "name")), "listed twice: " + text(node, "name"));
                }
            }
        }
        return nodes;
    }

    private static void walk(ReflectedClient boss) throws Exception {
        Iterator<DynamicMessage> stream = boss.stream(LATTICE + "WatchLattice", "without_samples: true");
        Watched watched = new Watched(stream);
        List<Message> own = list(boss.call(LATTICE + "ListNodes", "filter: 'health=UP'"), "nodes");
        assertTrue(own.size() >= 2, "the coordinator's region has " + own.size() + " nodes");
        String victim = text(own.get(0), "name");
        String drained = text(own.get(1), "name");

        DynamicMessage fault =
                boss.call(EXERCISE + "InjectFault", "spec { kind: FAULT_KIND_NODE_CRASH targets: '" + victim + "' }");
        watched.until(victim, n -> text(n, "health").equals("HEALTH_DOWN"));
        watched.untilAny("failover", f -> text(f, "subject").equals(victim));
        boss.call(EXERCISE + "ClearFault", "name: '" + text(fault, "name") + "'");
        watched.until(victim, n -> text(n, "health").equals("HEALTH_UP"));

        String drain = order(boss, "drain { targets: '" + drained + "' }");
        watched.until(drained, n -> text(n, "admin_state").equals("ADMIN_STATE_DRAINED"));
        watched.until(drain, o -> text(o, "state").equals("OPERATION_STATE_SUCCEEDED"));
        assertEquals(0, field(watched.last(drain), "progress.in_flight"));

        String restore = order(boss, "restore { targets: '" + drained + "' slow_start { seconds: 2 } }");
        watched.until(restore, o -> text(o, "state").equals("OPERATION_STATE_SUCCEEDED"));
        watched.until(drained, n -> text(n, "admin_state").equals("ADMIN_STATE_SERVING"));
        assertTrue(watched.events().contains("NODE_DOWN"), watched.events().toString());
    }

    /// Plans, arms and starts; the same request id gets the same operation.
    private static String order(ReflectedClient boss, String spec) throws Exception {
        DynamicMessage plan = boss.call(OPERATION + "PlanOperation", "spec { " + spec + " }");
        DynamicMessage arm = boss.call(OPERATION + "ArmOperation", "plan_hash: '" + text(plan, "plan_hash") + "'");
        String start = "arm_token: '" + text(arm, "arm_token") + "' request_id: '" + UUID.randomUUID()
                + "' reason: 'maintenance' accept_risk: true";
        String name = text(boss.call(OPERATION + "StartOperation", start), "name");
        assertEquals(name, text(boss.call(OPERATION + "StartOperation", start), "name"));
        return name;
    }

    /// The newest state of everything, as the stream told it.
    private static final class Watched {
        private final Iterator<DynamicMessage> stream;
        private final Map<String, Message> newest = new HashMap<>();
        private final Set<String> events = new HashSet<>();
        private long revision;

        Watched(Iterator<DynamicMessage> stream) {
            this.stream = stream;
            boolean last = false;
            while (!last) {
                DynamicMessage update = stream.next();
                list(update, "snapshot.objects").forEach(this::take);
                last = (boolean) field(update, "snapshot.last");
                revision = (long) field(update, "snapshot.revision");
            }
        }

        Message last(String name) {
            return newest.getOrDefault(
                    name, DynamicMessage.getDefaultInstance(com.google.protobuf.Empty.getDescriptor()));
        }

        Set<String> events() {
            return events;
        }

        void until(String name, Predicate<Message> reached) {
            while (!newest.containsKey(name) || !reached.test(last(name))) {
                step();
            }
        }

        void untilAny(String kind, Predicate<Message> wanted) {
            while (newest.values().stream()
                    .noneMatch(m -> m.getDescriptorForType().getName().equalsIgnoreCase(kind) && wanted.test(m))) {
                step();
            }
        }

        private void step() {
            DynamicMessage update = stream.next();
            if (update.getAllFields().keySet().stream()
                    .anyMatch(f -> f.getName().equals("delta"))) {
                assertEquals(revision + 1, (long) field(update, "delta.revision"));
                revision++;
                list(update, "delta.changes").forEach(this::take);
                list(update, "delta.events").forEach(e -> events.add(text(e, "type")));
            }
        }

        private void take(Message change) {
            change.getAllFields().values().forEach(value -> {
                if (value instanceof Message object
                        && object.getDescriptorForType().findFieldByName("name") != null) {
                    newest.put(text(object, "name"), object);
                }
            });
        }
    }
}
