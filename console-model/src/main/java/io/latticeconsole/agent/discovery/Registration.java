package io.latticeconsole.agent.discovery;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.NodeClass;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an agent says of itself in etcd, JSON.
///
/// @param node its node's name
/// @param address where gateways reach it, `host:port`
/// @param instance one run of the agent; part of its key, so that two agents of one name are both seen
/// @param contract version of `lattice.v1` that it serves
/// @param accelerators what it is made of; null while it has not read that
/// @param replicas codes of the models that it starts with while it is empty
/// @param leaving it stops, and wants no more requests
@JsonIgnoreProperties(ignoreUnknown = true)
public record Registration(
        String node,
        String lattice,
        String address,
        String instance,
        String contract,
        @Nullable Accelerators accelerators,
        List<String> replicas,
        boolean leaving) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MOST_LETTERS = 16_384;
    private static final int MOST_REPLICAS = 64;
    private static final int MOST_ACCELERATORS = 64;
    private static final Pattern NODE =
            Pattern.compile("regions/[a-z0-9-]{1,63}/sites/[a-z0-9-]{1,63}/nodes/[a-z0-9-]{1,63}");
    private static final Pattern LATTICE = Pattern.compile("lattices/[a-z0-9-]{1,63}");
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,253}:\\d{1,5}");

    /// All its accelerators, taken for alike. @param powerLimitWatts of one; NaN where it is not known
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Accelerators(
            String product, int count, double memoryBytes, double powerLimitWatts, boolean processors) {
        /// Those of a kind of machine.
        public static Accelerators of(NodeClass c) {
            AcceleratorType t = c.type();
            boolean processors = t.product().equals(Accelerator.PROCESSORS);
            return new Accelerators(t.product(), c.count(), t.memoryBytes(), t.tdpWatts(), processors);
        }
    }

    public Registration {
        replicas = List.copyOf(replicas);
    }

    public NodeId id() {
        return new NodeId(node);
    }

    /// The key of a registration under a lattice's prefix.
    String key(String prefix) {
        return prefix + node + "/" + instance;
    }

    /// The same, on its way out.
    Registration parting() {
        return new Registration(node, lattice, address, instance, contract, accelerators, replicas, true);
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a registration cannot be written", e);
        }
    }

    /// Reads what stands at a key.
    ///
    /// @throws BadRegistration saying in a sentence why it cannot be used
    static Registration read(String prefix, Etcd.Entry entry) throws BadRegistration {
        if (entry.value().length() > MOST_LETTERS) {
            throw new BadRegistration(
                    "is " + entry.value().length() + " characters long, expected at most " + MOST_LETTERS);
        }
        Registration r;
        try {
            r = JSON.readValue(entry.value(), Registration.class);
        } catch (JsonProcessingException e) {
            throw new BadRegistration("is no registration: " + brief(e.getOriginalMessage()));
        }
        if (r == null) {
            throw new BadRegistration("is no registration: nothing stands there");
        }
        require("node", r.node, NODE, "a name such as regions/eu/sites/par-1/nodes/n1");
        require("instance", r.instance, CODE, "a short name");
        require("lattice", r.lattice, LATTICE, "a name such as lattices/office");
        require("address", r.address, ADDRESS, "host:port");
        require("contract", r.contract, CODE, "a version such as 1.5");
        for (String model : r.replicas) {
            require("replicas", model, CODE, "codes of models");
        }
        if (r.replicas.size() > MOST_REPLICAS) {
            throw new BadRegistration("lists " + r.replicas.size() + " replicas, expected at most " + MOST_REPLICAS);
        }
        if (!entry.key().equals(r.key(prefix))) {
            throw new BadRegistration("speaks of " + r.node + ", which has no place there");
        }
        return r.plausible() ? r : r.withoutAccelerators();
    }

    private boolean plausible() {
        Accelerators a = accelerators;
        return a != null && a.product != null && a.count >= 1 && a.count <= MOST_ACCELERATORS;
    }

    private Registration withoutAccelerators() {
        return new Registration(node, lattice, address, instance, contract, null, replicas, leaving);
    }

    private static void require(String field, @Nullable String found, Pattern form, String expected)
            throws BadRegistration {
        if (found == null || !form.matcher(found).matches()) {
            throw new BadRegistration("is no registration: " + field + ": found '" + brief(String.valueOf(found))
                    + "', expected " + expected);
        }
    }

    private static String brief(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= 120 ? plain : plain.substring(0, 120) + "…";
    }
}
