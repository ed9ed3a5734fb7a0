package io.latticeconsole.agent.telemetry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits for XID errors on a thread of its own, a platform thread since NVML blocks in C, and tells each at once.
/// Where the library or the driver has no events it waits for nothing.
final class XidWait implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(XidWait.class.getName());

    /// `nvmlEventTypeXidCriticalError`.
    private static final long XID_EVENT = 0x8;

    private static final int WAIT_MILLIS = 200;
    private static final int PAUSE_MILLIS = 1000;

    private record Registered(int index, NvmlDevice device) {}

    private final NvmlLibrary nvml;
    private final InstantSource clock;
    private final Consumer<TelemetryEvent> events;
    private final Map<Long, Registered> devices = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private MemorySegment set = MemorySegment.NULL;

    private @Nullable Thread thread;

    XidWait(NvmlLibrary nvml, InstantSource clock, Consumer<TelemetryEvent> events) {
        this.nvml = nvml;
        this.clock = clock;
        this.events = events;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment created = scratch.allocate(ADDRESS);
            if (nvml.call(NvmlCall.EVENT_SET_CREATE, created) == NvmlReturn.SUCCESS) {
                set = created.get(ADDRESS, 0);
            }
        }
    }

    /// Listens to a device too; the first one starts the wait.
    void register(int index, NvmlDevice device) {
        boolean registered = set.address() != 0
                && nvml.call(NvmlCall.REGISTER_EVENTS, device.handle, XID_EVENT, set) == NvmlReturn.SUCCESS;
        if (registered) {
            devices.put(device.handle.address(), new Registered(index, device));
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("xid-wait").start(this::run);
            }
        }
    }

    boolean isWaiting() {
        return thread != null;
    }

    private void run() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment event = scratch.allocate(NvmlLayouts.EVENT);
            while (stop.getCount() > 0) {
                int code = nvml.call(NvmlCall.EVENT_SET_WAIT, set, event, WAIT_MILLIS);
                if (code == NvmlReturn.SUCCESS) {
                    tell(event);
                } else if (code == NvmlReturn.FUNCTION_NOT_FOUND || NvmlReturn.endsSource(code)) {
                    LOG.log(System.Logger.Level.WARNING, "no XID events any more: {0}", nvml.explain(code));
                    return;
                } else if (code != NvmlReturn.TIMEOUT && stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(MemorySegment event) {
        Registered from = devices.get(event.get(JAVA_LONG, NvmlLayouts.offset(NvmlLayouts.EVENT, "device")));
        long type = event.get(JAVA_LONG, NvmlLayouts.offset(NvmlLayouts.EVENT, "eventType"));
        long xid = event.get(JAVA_LONG, NvmlLayouts.offset(NvmlLayouts.EVENT, "eventData"));
        if (from == null || (type & XID_EVENT) == 0 || xid <= 0 || xid > Integer.MAX_VALUE) {
            return;
        }
        from.device().lastXid.set((int) xid);
        try {
            events.accept(new TelemetryEvent.XidRaised(clock.instant(), from.index(), (int) xid));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener of XID errors failed; the wait goes on", e);
        }
    }

    /// Stops the wait, at the latest when the present one ends.
    @Override
    public void close() {
        stop.countDown();
        if (thread != null) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (set.address() != 0) {
            nvml.call(NvmlCall.EVENT_SET_FREE, set);
        }
    }
}
