package io.latticeconsole.lattice;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// NVIDIA's XID errors: meaning, what to do, and what they do to the machine. Numbers and resolutions follow NVIDIA's
/// public catalogue, https://docs.nvidia.com/deploy/xid-errors/analyzing-xid-catalog.html; the effect is our reading of
/// the resolution. Numbers that the catalogue lists as unused are left out.
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
    private static final String UPDATE = "update driver and firmware";
    private static final String NVLINK = "check NVLink and its bridges; reset the GPU, contact support if it returns";
    private static final String NVLINK_5 = "follow NVIDIA's NVLink 5 workflow; contact support if it returns";

    private static final SortedMap<Integer, Entry> ENTRIES = index(List.of(
            restarts(8, "GPU stopped processing"),
            restarts(11, "Invalid or corrupted push buffer stream"),
            restarts(13, "Graphics engine exception"),
            restarts(25, "Invalid or illegal push buffer stream"),
            restarts(31, "GPU memory page fault"),
            restarts(32, "Invalid or corrupted push buffer stream"),
            ignored(37, "Driver firmware error"),
            ignored(38, "Driver firmware error"),
            restarts(39, "Copy engine 0 exception"),
            restarts(40, "Copy engine 1 exception"),
            restarts(41, "Copy engine 2 exception"),
            new Entry(43, "GPU stopped processing", IGNORE, Effect.RESTARTS_REPLICAS),
            new Entry(44, "Graphics engine fault during context switch", IGNORE, Effect.RESTARTS_REPLICAS),
            restarts(45, "Preemptive cleanup after earlier errors"),
            loses(46, "GPU stopped processing, timeout", RESET),
            loses(48, "Double-bit ECC error", "drain the node; reset the GPU, replace it if XID 48 returns"),
            loses(54, "Auxiliary power is not connected", "check the power cables of the GPU"),
            restarts(60, "Video processor exception"),
            loses(62, "Internal micro-controller halt", RESET),
            ignored(63, "GPU memory remapping event"),
            loses(64, "GPU memory remapping failure", RESET),
            ignored(66, "Illegal access by driver"),
            ignored(67, "Illegal access by driver"),
            restarts(68, "Video decoder 0 exception"),
            restarts(69, "Graphics engine class error"),
            restarts(70, "Copy engine 3 error"),
            restarts(71, "Copy engine 4 error"),
            restarts(72, "Copy engine 5 error"),
            loses(74, "NVLink error", NVLINK),
            restarts(75, "Copy engine 6 error"),
            restarts(76, "Copy engine 7 error"),
            restarts(77, "Copy engine 8 error"),
            loses(78, "vGPU start error", UPDATE),
            loses(79, "GPU has fallen off the bus", "restart the bare-metal node; contact support if it returns"),
            restarts(80, "Corrupted data sent to GPU"),
            restarts(85, "Copy engine 9 error"),
            restarts(86, "Optical flow accelerator exception"),
            ignored(92, "High single-bit ECC error rate"),
            ignored(93, "InfoROM wear limit exceeded"),
            restarts(94, "Contained memory error"),
            loses(95, "Uncontained memory error", RESET),
            loses(109, "Context switch timeout", RESET),
            loses(110, "Security fault", RESET),
            loses(119, "GSP RPC timeout", RESET),
            loses(120, "GSP error", RESET),
            ignored(121, "Chip-to-chip link error"),
            loses(136, "Link training failed", RESET),
            ignored(137, "NVLink privilege error"),
            loses(140, "Unrecovered ECC error", RESET),
            ignored(141, "CUDA fast path error"),
            loses(143, "GPU initialisation error", RESET),
            new Entry(144, "NVLink SAW error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(145, "NVLink RLW error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(146, "NVLink TLW error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(147, "NVLink TREX error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(148, "NVLink NVLPW_CTRL error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(149, "NVLink NETIR error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(150, "NVLink MSE error", NVLINK_5, Effect.RESTARTS_REPLICAS),
            new Entry(151, "Key rotation error", "restart the virtual machine", Effect.RESTARTS_REPLICAS),
            new Entry(
                    154,
                    "GPU recovery action changed",
                    "do what nvidia-smi -q names as the GPU recovery action",
                    Effect.NONE),
            loses(155, "NVLink error defined by software", RESET),
            loses(156, "Resource retirement event", RESET),
            ignored(157, "Resource retirement failure"),
            loses(158, "GPU fatal timeout", RESET),
            ignored(160, "Channel retirement event"),
            ignored(161, "Channel retirement failure")));

    private static Entry restarts(int xid, String meaning) {
        return new Entry(xid, meaning, RESTART_APP, Effect.RESTARTS_REPLICAS);
    }

    private static Entry ignored(int xid, String meaning) {
        return new Entry(xid, meaning, IGNORE, Effect.NONE);
    }

    private static Entry loses(int xid, String meaning, String resolution) {
        return new Entry(xid, meaning, resolution, Effect.LOSES_ACCELERATOR);
    }

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
