package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListEventsResponse;
import io.latticeconsole.proto.v1.QuerySeriesRequest;
import io.latticeconsole.proto.v1.QuerySeriesResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HistoryTest {
    @Test
    void eventsAreReadPageByPage() throws Exception {
        try (Served served = new Served(12)) {
            for (int i = 1; i <= 250; i++) {
                served.gateway.publish(SmallLattice.event(i, "m" + i));
            }
            List<Long> read = new ArrayList<>();
            ListEventsResponse page;
            do {
                page = served.lattice.listEvents(ListEventsRequest.newBuilder()
                        .setAfterSeq(read.isEmpty() ? 0 : read.getLast())
                        .setPageSize(100)
                        .setEpoch(served.server.epoch())
                        .build());
                assertEquals(0, page.getEventsLost());
                page.getEventsList().stream().map(Event::getEventSeq).forEach(read::add);
            } while (page.getMore());
            assertEquals(LongStream.rangeClosed(1, 250).boxed().toList(), read);
        }
    }

    @Test
    void eventsThatAreNoLongerKeptAreCounted() throws Exception {
        EndpointLimits limits =
                new EndpointLimits(EndpointLimits.DEFAULT.ringSpan(), 1 << 20, 30, 1 << 20, 4096, 1 << 20, 16, 16);
        try (Served served = new Served(new ScriptedGateway(12), limits)) {
            for (int i = 1; i <= 100; i++) {
                served.gateway.publish(SmallLattice.event(i, "m" + i));
            }
            ListEventsResponse reply = served.lattice.listEvents(
                    ListEventsRequest.newBuilder().setAfterSeq(10).build());
            assertEquals(60, reply.getEventsLost(), "11 to 70");
            assertEquals(71, reply.getEvents(0).getEventSeq());
            assertEquals(30, reply.getEventsCount());
        }
    }

    @Test
    void theNewestAreAskedForWithoutTheirNumbers() throws Exception {
        try (Served served = new Served(12)) {
            for (int i = 1; i <= 250; i++) {
                served.gateway.publish(SmallLattice.event(i, "m" + i));
            }
            List<Long> read = new ArrayList<>();
            ListEventsRequest request =
                    ListEventsRequest.newBuilder().setNewest(30).setPageSize(20).build();
            ListEventsResponse page = served.lattice.listEvents(request);
            assertTrue(page.getMore());
            page.getEventsList().stream().map(Event::getEventSeq).forEach(read::add);
            page = served.lattice.listEvents(
                    ListEventsRequest.newBuilder().setAfterSeq(read.getLast()).build());
            page.getEventsList().stream().map(Event::getEventSeq).forEach(read::add);
            assertEquals(LongStream.rangeClosed(221, 250).boxed().toList(), read);
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.listEvents(
                            request.toBuilder().setNewest(-1).build()));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        }
    }

    @Test
    void eventsOfAnotherEpochAreNotGuessed() throws Exception {
        try (Served served = new Served(12)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.listEvents(
                            ListEventsRequest.newBuilder().setEpoch("old").build()));
            assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
            assertEquals(
                    "OTHER_EPOCH", Failures.detail(refused, ErrorInfo.class).getReason());
        }
    }

    @Test
    void anHourOfSecondsIsKeptAndAskedForInPart() throws Exception {
        try (Served served = new Served(20)) {
            long start = SmallLattice.START.getEpochSecond();
            for (int i = 0; i < 4000; i++) {
                served.gateway.publish(SmallLattice.samples(20, SmallLattice.START.plusSeconds(i), i % 100));
            }
            QuerySeriesResponse part = served.lattice.querySeries(query(3, start + 3000, start + 3010));
            assertEquals(1, part.getResolutionSeconds());
            assertEquals(start + 3000, part.getStartTime().getSeconds());
            assertEquals(
                    List.of(3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f),
                    part.getSeries(0).getValuesList());
            QuerySeriesResponse all = served.lattice.querySeries(query(3, 0, start + 100_000));
            assertEquals(3600, all.getSeries(0).getValuesCount(), "an hour");
            assertEquals(start + 400, all.getStartTime().getSeconds());
        }
    }

    @Test
    void anAnswerThatWouldBeTooLongComesCoarserAndSaysSo() throws Exception {
        try (Served served = new Served(500)) {
            for (int i = 0; i < 3600; i++) {
                served.gateway.publish(SmallLattice.samples(500, SmallLattice.START.plusSeconds(i), 50));
            }
            QuerySeriesRequest.Builder request = QuerySeriesRequest.newBuilder().setMetric("power_watts");
            for (int i = 0; i < 500; i++) {
                request.addNodes(SmallLattice.nodeId(i).name());
            }
            QuerySeriesResponse reply = served.lattice.querySeries(request.build());
            assertTrue(reply.getSerializedSize() < 1 << 20, "the reply has " + reply.getSerializedSize());
            assertTrue(reply.getResolutionSeconds() > 1);
            int values = reply.getSeries(499).getValuesCount();
            assertEquals(3600, values * reply.getResolutionSeconds(), reply.getResolutionSeconds());
            assertEquals(549, reply.getSeries(499).getValues(values / 2), 0.3);
        }
    }

    @Test
    void aboveFiveHundredNodesTheAnswerStatesHowCoarseTheHistoryIs() throws Exception {
        try (Served served = new Served(2_000)) {
            long start = SmallLattice.START.getEpochSecond() / 3 * 3 + 3;
            for (int i = 0; i < 60; i++) {
                served.gateway.publish(SmallLattice.samples(2_000, Instant.ofEpochSecond(start + i), i));
            }
            QuerySeriesResponse reply = served.lattice.querySeries(query(0, start, start + 60));
            assertEquals(3, reply.getResolutionSeconds());
            assertEquals(start, reply.getStartTime().getSeconds());
            assertEquals(20, reply.getSeries(0).getValuesCount());
            assertEquals(1, reply.getSeries(0).getValues(0), 0.01, "the mean of 0, 1 and 2");
            assertEquals(58, reply.getSeries(0).getValues(19), 0.05, "the mean of 57, 58 and 59");
        }
    }

    private static QuerySeriesRequest query(int node, long from, long to) {
        return QuerySeriesRequest.newBuilder()
                .setMetric("utilization")
                .addNodes(SmallLattice.nodeId(node).name())
                .setStartTime(Timestamp.newBuilder().setSeconds(from))
                .setEndTime(Timestamp.newBuilder().setSeconds(to))
                .build();
    }
}
