package io.latticeconsole.agent.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What operators decided and a gateway remembers over its own restart: which nodes do not serve, and which version of
/// a model was put everywhere. Gateway's lane but for [#close].
final class KeptDecisions implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeptDecisions.class.getName());
    private static final JsonMapper JSON = new JsonMapper();

    /// By name: the states of nodes other than SERVING, and the versions of models other than in the configuration.
    record Decisions(Map<String, AdminState> nodes, Map<String, Deployed> models) {
        static final Decisions NONE = new Decisions(Map.of(), Map.of());

        Decisions {
            nodes = Map.copyOf(nodes);
            models = Map.copyOf(models);
        }
    }

    /// A version that took the place of that of the configuration, `instead`.
    record Deployed(String version, String instead) {}

    private final KeptFile file;
    private final RegionId here;
    private final Map<String, String> configured = new TreeMap<>();
    private Decisions kept = Decisions.NONE;
    private String trouble = "";
    private @Nullable LatticeState seen;

    private KeptDecisions(KeptFile file, WorldSpec world) {
        this.file = file;
        this.here = world.regions().getFirst().id();
        world.models().forEach(m -> configured.put(m.id().name(), m.version()));
    }

    /// What a gateway kept in a folder; nothing where there is no folder or nothing was decided.
    ///
    /// @param world as configured
    static KeptDecisions open(@Nullable Path folder, GatewayId gateway, WorldSpec world) {
        KeptDecisions decisions = new KeptDecisions(new KeptFile(folder, gateway.code() + "-decisions.json"), world);
        decisions.read();
        return decisions;
    }

    private void read() {
        try {
            byte[] bytes = file.read();
            if (bytes != null) {
                kept = JSON.readValue(bytes, Decisions.class);
            }
        } catch (JsonProcessingException e) {
            trouble = "what operators decided earlier cannot be read from " + file + ": " + e.getOriginalMessage();
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            trouble = "what operators decided earlier cannot be read from " + file + ": " + e.getMessage();
        }
    }

    /// Why nothing is known of earlier decisions; empty if that is well.
    String trouble() {
        return trouble;
    }

    /// The lattice as configured, with the versions that were deployed. A configuration that names another version than
    /// it did then counts as the newer decision.
    WorldSpec recall(WorldSpec world) {
        return world.withModels(world.models().stream().map(this::recall).toList());
    }

    private ModelSpec recall(ModelSpec m) {
        Deployed deployed = kept.models().get(m.id().name());
        if (deployed == null || !deployed.instead().equals(m.version())) {
            return m;
        }
        return m.versions().contains(deployed.version()) ? m.withVersion(deployed.version()) : m;
    }

    /// Nodes that did not serve. One whose restore was under way is cordoned: whether it may serve is to be decided.
    Map<NodeId, AdminState> recall() {
        Map<NodeId, AdminState> states = new TreeMap<>();
        kept.nodes().forEach((name, state) -> {
            try {
                states.put(new NodeId(name), state == AdminState.WARMING ? AdminState.CORDONED : state);
            } catch (IllegalArgumentException e) {
                LOG.log(System.Logger.Level.WARNING, "{0} keeps the state of no node: {1}", file, e.getMessage());
            }
        });
        return states;
    }

    /// Keeps what is decided in a state, if that is something else than before. @param absent of nodes not in it
    void keep(LatticeState state, Map<NodeId, AdminState> absent) {
        LatticeState before = seen;
        seen = state;
        if (!file.isKept() || (before != null && same(before, state))) {
            return;
        }
        Map<String, AdminState> nodes = new TreeMap<>();
        absent.forEach((node, decided) -> nodes.put(node.name(), decided));
        for (Node node : state.nodes().values()) {
            if (node.id().site().region().equals(here) && node.adminState() != AdminState.SERVING) {
                nodes.put(node.id().name(), node.adminState());
            }
        }
        Map<String, Deployed> models = new TreeMap<>();
        for (Model model : state.models().values()) {
            String instead = configured.get(model.id().name());
            if (instead != null && !instead.equals(model.version())) {
                models.put(model.id().name(), new Deployed(model.version(), instead));
            }
        }
        Decisions now = new Decisions(nodes, models);
        if (!now.equals(kept)) {
            kept = now;
            file.write(() -> JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(now));
        }
    }

    @SuppressWarnings("ReferenceEquality") // persistent maps: unchanged is the same one
    private static boolean same(LatticeState before, LatticeState now) {
        return before.nodes() == now.nodes() && before.models() == now.models();
    }

    /// Ends once all is written.
    @Override
    public void close() {
        file.close();
    }
}
