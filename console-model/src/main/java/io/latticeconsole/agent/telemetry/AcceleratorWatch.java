package io.latticeconsole.agent.telemetry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the accelerators once per call, opens a source that failed again, and tells what changed. An accelerator keeps
/// the index under which it was first seen, and one that is no longer told of is lost, not forgotten. Used by one
/// thread.
final class AcceleratorWatch implements AutoCloseable {
    private final TelemetryOptions options;
    private final InstantSource clock;
    private final Consumer<TelemetryEvent> events;

    /// By uuid, or by index where that is not known.
    private final Map<String, AcceleratorReading> known = new LinkedHashMap<>();

    /// Our index by the source's.
    private volatile Map<Integer, Integer> numberOf = Map.of();

    private @Nullable AcceleratorSource source;
    private Instant nextOpen = Instant.MIN;
    private String told = "";

    AcceleratorWatch(TelemetryOptions options, InstantSource clock, Consumer<TelemetryEvent> events) {
        this.options = options;
        this.clock = clock;
        this.events = events;
    }

    /// Reads now; an accelerator whose source has failed has nothing in it.
    Readings.Accelerators read() {
        try {
            AcceleratorSource open = open();
            if (open != null) {
                update(open.read());
                return now(open.description(), Optional.empty());
            }
        } catch (TelemetryUnavailable e) {
            fail(e.sentence());
        }
        known.replaceAll((_, reading) -> AcceleratorReading.none(
                reading.identity(),
                reading.condition().isFault() ? reading.condition() : AcceleratorCondition.SILENT,
                reading.lastXid()));
        return now("", Optional.of(told));
    }

    private Readings.Accelerators now(String from, Optional<String> trouble) {
        return new Readings.Accelerators(clock.instant(), List.copyOf(known.values()), from, trouble);
    }

    /// The open source; null while it is too early to try again.
    private @Nullable AcceleratorSource open() throws TelemetryUnavailable {
        boolean retry = !clock.instant().isBefore(nextOpen);
        // AUTO without a GPU looks again from time to time: a driver may be loaded later.
        boolean nothing = source instanceof AcceleratorSources.NoSource
                && options.accelerators() == TelemetryOptions.Accelerators.AUTO;
        if ((source == null || nothing) && retry) {
            nextOpen = clock.instant().plus(options.retry());
            source = AcceleratorSources.open(options, clock, this::renumbered);
            if (!told.equals(source.description())) {
                told = source.description();
                events.accept(new TelemetryEvent.SourceOpened(clock.instant(), told));
            }
        }
        return source;
    }

    private void fail(String sentence) {
        if (source != null) {
            source.close();
            source = null;
            nextOpen = clock.instant().plus(options.retry());
        }
        if (!told.equals(sentence)) {
            told = sentence;
            events.accept(new TelemetryEvent.SourceFailed(clock.instant(), sentence));
        }
    }

    private void update(List<AcceleratorReading> readings) {
        Map<String, AcceleratorReading> seen = new LinkedHashMap<>();
        Map<Integer, Integer> numbers = new HashMap<>();
        for (AcceleratorReading reading : readings) {
            String key = key(reading.identity(), seen);
            AcceleratorReading before = known.get(key);
            int number = before == null
                    ? free(reading.identity().index())
                    : before.identity().index();
            numbers.put(reading.identity().index(), number);
            AcceleratorReading now = reading.withIndex(number);
            seen.put(key, now);
            known.put(key, now);
            tell(before, now);
        }
        numberOf = Map.copyOf(numbers);
        known.replaceAll((key, before) -> seen.containsKey(key) ? before : gone(before));
    }

    private AcceleratorReading gone(AcceleratorReading before) {
        AcceleratorReading now =
                AcceleratorReading.none(before.identity(), AcceleratorCondition.LOST, before.lastXid());
        tell(before, now);
        return now;
    }

    /// The key of an accelerator: one without uuid is taken for the known one in its place.
    private String key(AcceleratorIdentity identity, Map<String, AcceleratorReading> seen) {
        String place = "#" + identity.index();
        if (!identity.uuid().isEmpty()) {
            AcceleratorReading nameless = known.remove(place);
            if (nameless != null) {
                known.putIfAbsent(identity.uuid(), nameless);
            }
            return identity.uuid();
        }
        return known.entrySet().stream()
                .filter(e -> e.getValue().identity().index() == identity.index() && !seen.containsKey(e.getKey()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(place);
    }

    private int free(int wanted) {
        List<Integer> taken =
                known.values().stream().map(r -> r.identity().index()).toList();
        int index = wanted;
        while (taken.contains(index)) {
            index++;
        }
        return index;
    }

    private void tell(@Nullable AcceleratorReading before, AcceleratorReading now) {
        boolean was = before != null && before.condition().isFault();
        int index = now.identity().index();
        if (now.condition().isFault() && !was) {
            events.accept(new TelemetryEvent.AcceleratorFailed(clock.instant(), index, now.fault()));
        } else if (was && now.condition() == AcceleratorCondition.ANSWERING) {
            events.accept(new TelemetryEvent.AcceleratorReturned(clock.instant(), index));
        }
    }

    /// A source counts accelerators anew each time it is opened. Called by the source's threads.
    private void renumbered(TelemetryEvent event) {
        events.accept(
                event instanceof TelemetryEvent.XidRaised(Instant at, int accelerator, int xid)
                        ? new TelemetryEvent.XidRaised(at, numberOf.getOrDefault(accelerator, accelerator), xid)
                        : event);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
            source = null;
        }
    }
}
