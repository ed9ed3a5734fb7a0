package io.latticeconsole.drill.gateway;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// NVIDIA's XID errors that a drill can raise: meaning, what to do, and what they do to the machine. Texts follow
/// NVIDIA's
/// public XID catalogue (as in leptonai/gpud, Apache-2.0).
public final class XidCatalog {
    private XidCatalog() {}

    /// What an error does to the replicas on the accelerator.
    public enum Effect {
        /// Nothing but an entry in the log.
        NONE,
        /// The process dies and is started again on the same accelerator.
        RESTARTS_REPLICAS,
        /// The accelerator is gone until it is reset or replaced.
        LOSES_ACCELERATOR
    }

    /// One error.
    public record Entry(int xid, String meaning, String resolution, Effect effect) {}

    private static final String RESTART_APP = "restart the application";
    private static final String RESET = "drain the node and reset the GPU";
    private static final String IGNORE = "no action now; watch for more";

    private static final SortedMap<Integer, Entry> ENTRIES = index(List.of(
            new Entry(13, "Graphics engine exception", RESTART_APP, Effect.RESTARTS_REPLICAS),
            new Entry(31, "GPU memory page fault", RESTART_APP, Effect.RESTARTS_REPLICAS),
            new Entry(43, "GPU stopped processing", IGNORE, Effect.RESTARTS_REPLICAS),
            new Entry(45, "Preemptive cleanup after earlier errors", RESTART_APP, Effect.RESTARTS_REPLICAS),
            new Entry(46, "GPU stopped processing, timeout", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(
                    48,
                    "Double-bit ECC error",
                    "drain the node; reset the GPU, replace it if XID 48 returns",
                    Effect.LOSES_ACCELERATOR),
            new Entry(62, "Internal micro-controller halt", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(63, "GPU memory remapping event", IGNORE, Effect.NONE),
            new Entry(64, "GPU memory remapping failure", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(
                    74,
                    "NVLink error",
                    "check NVLink and its bridges; reset the GPU, contact support if it returns",
                    Effect.LOSES_ACCELERATOR),
            new Entry(
                    79,
                    "GPU has fallen off the bus",
                    "restart the bare-metal node; contact support if it returns",
                    Effect.LOSES_ACCELERATOR),
            new Entry(92, "High single-bit ECC error rate", IGNORE, Effect.NONE),
            new Entry(94, "Contained memory error", RESTART_APP, Effect.RESTARTS_REPLICAS),
            new Entry(95, "Uncontained memory error", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(109, "Context switch timeout", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(119, "GSP RPC timeout", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(120, "GSP error", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(140, "Unrecovered ECC error", RESET, Effect.LOSES_ACCELERATOR),
            new Entry(143, "GPU initialisation error", RESET, Effect.LOSES_ACCELERATOR)));

    private static SortedMap<Integer, Entry> index(List<Entry> entries) {
        SortedMap<Integer, Entry> map = new TreeMap<>();
        entries.forEach(e -> map.put(e.xid(), e));
        return map;
    }

    /// The known errors by number.
    public static Map<Integer, Entry> entries() {
        return ENTRIES;
    }

    /// `XID 79: GPU has fallen off the bus; restart the bare-metal node …`; a number without meaning if it is unknown.
    public static String describe(int xid) {
        Entry entry = ENTRIES.get(xid);
        return entry == null
                ? "XID " + xid + ": not in the catalogue"
                : "XID " + xid + ": " + entry.meaning() + "; " + entry.resolution();
    }
}
