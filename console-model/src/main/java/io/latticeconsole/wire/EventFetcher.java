package io.latticeconsole.wire;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListEventsResponse;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.LatticeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Fetches an endpoint's missed events, page by page, one call at a time. On the wire's lane; what cannot be fetched
/// now is tried again after a while.
final class EventFetcher {
    private static final System.Logger LOG = System.getLogger(EventFetcher.class.getName());
    private static final int PAGE = 500;
    private static final int DEADLINE_SECONDS = 5;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final String address;
    private final Channel channel;
    private final WireLane lane;
    private final LatticeStore store;
    private final EventGaps gaps;
    private boolean running;
    private boolean closed;

    EventFetcher(String address, Channel channel, WireLane lane, LatticeStore store, EventGaps gaps) {
        this.address = address;
        this.channel = channel;
        this.lane = lane;
        this.store = store;
        this.gaps = gaps;
    }

    /// Fetches what is missing, if anything is and no fetch is under way. Lane.
    void fetch() {
        EventGaps.Range range = gaps.first();
        if (range == null || running || closed) {
            return;
        }
        running = true;
        LatticeServiceGrpc.newStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .listEvents(request(range), new StreamObserver<>() {
                    @Override
                    public void onNext(ListEventsResponse page) {
                        lane.execute(() -> fetched(range, page));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        lane.execute(() -> failed(range, failure));
                    }

                    @Override
                    public void onCompleted() {
                        // The one answer has come already.
                    }
                });
    }

    private static ListEventsRequest request(EventGaps.Range range) {
        ListEventsRequest.Builder request = ListEventsRequest.newBuilder()
                .setAfterSeq(range.after())
                .setPageSize(PAGE)
                .setNewest(range.newest());
        EventGaps.Numbering of = range.of();
        return (of.log().isEmpty() ? request.setEpoch(of.epoch()) : request.setEventLog(of.log())).build();
    }

    void close() {
        closed = true;
    }

    private void fetched(EventGaps.Range range, ListEventsResponse page) {
        running = false;
        long reached = range.newest() > 0 ? 0 : range.after();
        List<EventRecord> events = new ArrayList<>();
        for (Event message : page.getEventsList()) {
            reached = Math.max(reached, message.getEventSeq());
            try {
                EventRecord event = FactCodec.fromProto(message, Cursor.at("ListEventsResponse.events"));
                if (range.has(event.seq())) {
                    events.add(event);
                }
            } catch (MalformedMessage e) {
                store.offer(new ConsoleInput.MessagesRejected(address, 1, address + ": " + e.getMessage()));
            }
        }
        long span = range.upTo() - range.after();
        long lost = range.missed() ? Math.clamp(page.getEventsLost(), 0, span) : 0;
        store.offer(new ConsoleInput.EventsFetched(address, events, lost));
        boolean done = !page.getMore() || page.getEventsCount() == 0;
        gaps.fetched(range, done ? range.upTo() : reached);
        fetch();
    }

    private void failed(EventGaps.Range range, Throwable failure) {
        running = false;
        Status.Code code = Status.fromThrowable(failure).getCode();
        boolean gone = code == Status.Code.FAILED_PRECONDITION
                || code == Status.Code.NOT_FOUND
                || code == Status.Code.OUT_OF_RANGE
                || code == Status.Code.INVALID_ARGUMENT
                || code == Status.Code.UNIMPLEMENTED;
        if (gone) {
            LOG.log(System.Logger.Level.WARNING, address + " does not give its events of " + range, failure);
            gaps.abandon(range);
            long lost = range.upTo() == Long.MAX_VALUE || !range.missed() ? 0 : range.upTo() - range.after();
            store.offer(new ConsoleInput.EventsFetched(address, List.of(), lost));
            fetch();
        } else {
            lane.after(AGAIN, this::fetch);
        }
    }
}
