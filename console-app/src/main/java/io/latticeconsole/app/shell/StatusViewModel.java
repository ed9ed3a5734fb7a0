package io.latticeconsole.app.shell;

import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.SampleCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// How the console itself is doing: links, clocks, losses. FX thread.
public final class StatusViewModel {
    private final ReadOnlyObjectWrapper<StatusState> state = new ReadOnlyObjectWrapper<>(StatusState.EMPTY);
    private final Supplier<Optional<Instant>> certificateEnds;

    /// Over plaintext.
    public StatusViewModel() {
        this(Optional::empty);
    }

    /// @param certificateEnds when the console's own certificate ends, if it has one
    public StatusViewModel(Supplier<Optional<Instant>> certificateEnds) {
        this.certificateEnds = certificateEnds;
    }

    public ReadOnlyObjectProperty<StatusState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// @param failures defects that lanes survived
    public void update(ConsoleState console, SampleCounts samples, long failures, Instant now) {
        List<EndpointState> endpoints = console.endpoints().values().stream()
                .sorted(Comparator.comparing(StatusViewModel::name))
                .toList();
        state.set(new StatusState(
                endpoints.stream().map(e -> heard(e, now)).toList(),
                notices(console, endpoints, now),
                clock(endpoints),
                weight(endpoints),
                problems(endpoints, samples, failures)));
    }

    private static String name(EndpointState endpoint) {
        EndpointInfo info = endpoint.info();
        return info == null ? endpoint.address() : info.gateway().code();
    }

    private static StatusState.Heard heard(EndpointState endpoint, Instant now) {
        boolean stale = endpoint.link() != LinkState.LIVE;
        Instant last = endpoint.lastHeard();
        String word = Words.of("link", endpoint.link());
        String age = last == null ? "" : " " + Times.seconds(Duration.between(last, now));
        return new StatusState.Heard(name(endpoint), stale ? word + age : word, stale);
    }

    /// Sentences, one for all endpoints of which the same is to be said.
    private List<Notice> notices(ConsoleState console, List<EndpointState> endpoints, Instant now) {
        List<String> notices = new ArrayList<>();
        List<EndpointState> away = endpoints.stream()
                .filter(e -> e.link() == LinkState.LOST || e.link() == LinkState.CONNECTING)
                .toList();
        away.stream()
                .map(EndpointState::lastHeard)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(first -> notices.add(Words.of(
                        "notice.unreachable",
                        names(console, away.stream().filter(e -> e.lastHeard() != null)),
                        Times.seconds(Duration.between(first, now)))));
        away.stream()
                .filter(e -> e.lastHeard() == null)
                .collect(Collectors.groupingBy(EndpointState::problem, LinkedHashMap::new, Collectors.toList()))
                .forEach((problem, same) -> notices.add(neverHeard(problem, names(console, same.stream()))));
        endpoints.stream()
                .filter(e -> e.link() == LinkState.INCOMPATIBLE)
                .forEach(e -> notices.add(Words.of("notice.incompatible", e.address(), e.problem())));
        notices.addAll(ConflictNotices.of(console));
        List<Notice> all = new ArrayList<>(notices.stream().map(Notice::plain).toList());
        all.addAll(CertificateNotices.of(endpoints, certificateEnds.get().orElse(null), StatusViewModel::name, now));
        return all;
    }

    private static String neverHeard(String problem, String who) {
        return problem.isEmpty() ? Words.of("notice.connecting", who) : Words.of("notice.refused", who, problem);
    }

    private static String names(ConsoleState console, Stream<EndpointState> of) {
        return of.map(e -> owned(console, e)).collect(Collectors.joining(", "));
    }

    private static String owned(ConsoleState console, EndpointState endpoint) {
        EndpointInfo info = endpoint.info();
        if (info == null) {
            return endpoint.address();
        }
        StringJoiner names = new StringJoiner(", ");
        for (RegionId id : info.owns()) {
            Region region = console.lattice().regions().get(id);
            names.add(region == null ? id.code() : region.displayName());
        }
        return names.toString();
    }

    /// Said only when lattice time is not simply wall time.
    private static String clock(List<EndpointState> endpoints) {
        for (EndpointState endpoint : endpoints) {
            ClockReading clock = endpoint.clock();
            if (endpoint.link() == LinkState.LIVE && clock != null) {
                if (clock.paused()) {
                    return Words.of("clock.paused", Times.utc(clock.latticeTime()));
                }
                if (Math.abs(clock.rate() - 1) > 0.001 || clock.achievedRate() < 0.95 * clock.rate()) {
                    return Words.of("clock.rate", factor(clock.rate()), factor(clock.achievedRate()));
                }
            }
        }
        return "";
    }

    private static String factor(double rate) {
        return String.format(Locale.ROOT, "%.2g", rate).replaceAll("\\.0$", "");
    }

    private static String weight(List<EndpointState> endpoints) {
        return endpoints.stream()
                .map(EndpointState::info)
                .filter(i -> i != null && i.requestWeight() > 1)
                .findFirst()
                .map(i -> Words.of("clock.weight", Math.round(i.requestWeight())))
                .orElse("");
    }

    private static String problems(List<EndpointState> endpoints, SampleCounts samples, long failures) {
        StringJoiner all = new StringJoiner(" · ");
        long lost = endpoints.stream().mapToLong(EndpointState::eventsLost).sum();
        long rejected =
                endpoints.stream().mapToLong(EndpointState::rejectedMessages).sum();
        long resyncs = endpoints.stream().mapToLong(EndpointState::resyncs).sum();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("problem.failures", failures);
        counts.put("problem.lost", lost);
        counts.put("problem.rejected", rejected);
        counts.put("problem.range", samples.outOfRange());
        counts.put("problem.resyncs", resyncs);
        counts.forEach((key, count) -> {
            if (count > 0) {
                all.add(Words.counted(key, count));
            }
        });
        return all.toString();
    }
}
