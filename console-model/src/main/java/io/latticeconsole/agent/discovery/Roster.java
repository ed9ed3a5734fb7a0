package io.latticeconsole.agent.discovery;

import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which registrations become nodes of a gateway's lattice. The first of several that claim one node has it
/// until it leaves, or until its registration is gone and its gateway has lost it too. Gateway's lane only.
public final class Roster {
    /// What a roster decides about.
    public interface Lattice {
        /// Why a registration's node cannot be one of this gateway's, in words after "it"; empty if it can.
        String objection(NodeId node);

        /// Where the configuration says that a node is; null where it does not speak of it.
        @Nullable
        String configured(NodeId node);

        void join(Registration registration);

        void leave(NodeId node);

        /// Whether the gateway itself does not hear a node.
        boolean isDown(NodeId node);

        void log(String type, Severity severity, String subject, String message);
    }

    private final Lattice lattice;
    private final String latticeName;
    private final String prefix;
    private final String self;
    private final Map<String, Registration> registered = new LinkedHashMap<>();
    private final Map<NodeId, Registration> holders = new HashMap<>();
    private final Map<String, String> complaints = new HashMap<>();
    private boolean away;

    /// @param self name of the gateway, the subject of events about no node
    public Roster(Lattice lattice, String latticeName, String prefix, String self) {
        this.lattice = lattice;
        this.latticeName = latticeName;
        this.prefix = prefix;
        this.self = self;
    }

    /// etcd cannot be asked. Nothing follows from that for any node.
    void etcdAway(String sentence) {
        if (!away) {
            away = true;
            lattice.log(
                    "DISCOVERY_AWAY",
                    Severity.HIGH,
                    self,
                    sentence + "; all nodes that are known serve on, new ones are not found");
        }
    }

    /// All that is registered now.
    void all(List<Etcd.Entry> entries) {
        if (away) {
            away = false;
            lattice.log("DISCOVERY_BACK", Severity.INFO, self, "etcd answers again");
        }
        Set<String> now = new HashSet<>();
        entries.forEach(e -> now.add(e.key()));
        for (String key : List.copyOf(registered.keySet())) {
            if (!now.contains(key)) {
                deleted(key);
            }
        }
        complaints.keySet().retainAll(now);
        entries.forEach(this::put);
    }

    /// A registration is new or changed.
    void put(Etcd.Entry entry) {
        String forgotten = Forgetting.nodeOf(prefix, entry.key());
        if (forgotten != null) {
            forget(forgotten);
            return;
        }
        Registration r;
        try {
            r = Registration.read(prefix, entry);
        } catch (BadRegistration bad) {
            complain(
                    entry.key(),
                    "REGISTRATION_INVALID",
                    self,
                    "etcd key " + brief(entry.key()) + " " + bad.getMessage());
            return;
        }
        String objection = objection(r);
        if (!objection.isEmpty()) {
            complain(
                    entry.key(),
                    "REGISTRATION_REFUSED",
                    self,
                    r.address() + " registered as " + r.node() + ", but it " + objection);
            return;
        }
        registered.put(entry.key(), r);
        String fixed = lattice.configured(r.id());
        if (fixed != null) {
            if (!fixed.equals(r.address())) {
                refuse(entry.key(), r, fixed + ", as the configuration says");
            }
            return;
        }
        decide(entry.key(), r);
    }

    private String objection(Registration r) {
        String major = EndpointInfo.CONTRACT.substring(0, EndpointInfo.CONTRACT.indexOf('.') + 1);
        if (!r.lattice().equals(latticeName)) {
            return "belongs to " + brief(r.lattice());
        }
        return r.contract().startsWith(major)
                ? lattice.objection(r.id())
                : "speaks version " + r.contract() + " of the contract, this gateway " + EndpointInfo.CONTRACT;
    }

    private void decide(String key, Registration r) {
        Registration holder = holders.get(r.id());
        if (holder == null) {
            if (!r.leaving()) {
                holders.put(r.id(), r);
                lattice.join(r);
            }
        } else if (holder.instance().equals(r.instance())) {
            if (r.leaving()) {
                holders.remove(r.id());
                lattice.leave(r.id());
                next(r.id());
            }
        } else if (holder.address().equals(r.address())) {
            // Only one process can listen there: the agent was started again.
            holders.put(r.id(), r);
        } else if (!r.leaving()) {
            claim(key, r, holder);
        }
    }

    private void claim(String key, Registration r, Registration holder) {
        boolean gone = !registered.containsKey(holder.key(prefix)) && lattice.isDown(r.id());
        if (gone) {
            lattice.leave(r.id());
            holders.put(r.id(), r);
            lattice.join(r);
        } else {
            refuse(key, r, holder.address());
        }
    }

    /// Somebody says that a node comes back no more. One that nobody knows is forgotten already.
    private void forget(String name) {
        NodeId node = holders.keySet().stream()
                .filter(id -> id.name().equals(name))
                .findFirst()
                .orElse(null);
        Registration holder = node == null ? null : holders.get(node);
        if (node == null || holder == null) {
            return;
        }
        if (!lattice.isDown(node)) {
            refuseToForget(node, "it is heard; stop its agent, and it leaves by itself");
        } else if (registered.containsKey(holder.key(prefix))) {
            refuseToForget(node, "its agent is still registered");
        } else {
            holders.remove(node);
            lattice.leave(node);
            next(node);
        }
    }

    private void refuseToForget(NodeId node, String why) {
        lattice.log("FORGET_REFUSED", Severity.LOW, node.name(), node + " is not forgotten: " + why);
    }

    private void refuse(String key, Registration r, String there) {
        complain(
                key,
                "CLAIM_REFUSED",
                r.node(),
                r.address() + " claims to be " + r.node() + ", which is " + there + "; the claim is refused");
    }

    /// A registration is gone: taken back or run out.
    void deleted(String key) {
        Registration gone = registered.remove(key);
        complaints.remove(key);
        if (gone == null) {
            return;
        }
        Registration holder = holders.get(gone.id());
        if (holder != null && holder.instance().equals(gone.instance()) && !gone.leaving()) {
            lattice.log(
                    "REGISTRATION_LOST",
                    Severity.LOW,
                    gone.node(),
                    "the registration of " + gone.node() + " ran out; its own connection tells how it is");
        }
    }

    /// From time to time: may one that was refused take the place of one that is gone?
    public void review() {
        for (Map.Entry<String, Registration> entry : List.copyOf(registered.entrySet())) {
            Registration r = entry.getValue();
            Registration holder = holders.get(r.id());
            if (holder != null && !holder.instance().equals(r.instance()) && !r.leaving()) {
                decide(entry.getKey(), r);
            }
        }
    }

    /// One that was refused may have the place of one that has left.
    private void next(NodeId node) {
        for (Map.Entry<String, Registration> entry : new ArrayList<>(registered.entrySet())) {
            Registration r = entry.getValue();
            if (r.id().equals(node) && !r.leaving() && holders.get(node) == null) {
                decide(entry.getKey(), r);
            }
        }
    }

    /// Each complaint about a key is made once.
    private void complain(String key, String type, String subject, String sentence) {
        if (!sentence.equals(complaints.put(key, sentence))) {
            lattice.log(type, Severity.MEDIUM, subject, sentence);
        }
    }

    private static String brief(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= 160 ? plain : plain.substring(0, 160) + "…";
    }
}
