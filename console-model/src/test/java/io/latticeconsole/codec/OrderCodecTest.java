package io.latticeconsole.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.proto.v1.PeerAnswer;
import io.latticeconsole.proto.v1.PeerOrder;
import io.latticeconsole.unit.Millis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderCodecTest {
    private final RandomObjects random = new RandomObjects(11);

    private ReplicaId replica() {
        return new ReplicaId(random.nodeId() + "/replicas/m-" + random.word());
    }

    private List<GatewayOrder> everyKind() {
        OperationId op = new OperationId("operations/op-" + random.word());
        List<GatewayOrder> orders = new ArrayList<>(List.of(
                new GatewayOrder.SetAdminState(op, random.nodeId(), random.constant(AdminState.class), random.word()),
                new GatewayOrder.PlaceReplica(op, replica(), random.modelId(), "v" + random.word()),
                new GatewayOrder.RetireReplica(op, replica()),
                new GatewayOrder.SetAdmission(op, random.nodeId(), random.share()),
                new GatewayOrder.SetAdmission(op, replica(), random.share()),
                new GatewayOrder.SetRoute(
                        op,
                        new Route(
                                new RouteId(random.regionId() + "/routes/" + random.word()),
                                random.constant(RouteMode.class),
                                random.some(random::weight),
                                random.word())),
                new GatewayOrder.AskInFlight(op, random.nodeId()),
                new GatewayOrder.MoveStreams(op, random.nodeId()),
                new GatewayOrder.AbortRequests(op, random.nodeId()),
                new GatewayOrder.ProbeReplica(op, replica())));
        return orders;
    }

    @Test
    void everyOrderComesBackAsItWasThroughItsBytes() throws InvalidProtocolBufferException {
        for (int i = 0; i < 500; i++) {
            for (GatewayOrder order : everyKind()) {
                PeerOrder read =
                        PeerOrder.parseFrom(OrderCodec.toProto(i, order).toByteArray());
                assertEquals(i, read.getOrderId());
                assertEquals(order, OrderCodec.fromProto(read, Cursor.at("PeerOrder")));
            }
        }
    }

    @Test
    void everyAnswerComesBackAsItWasThroughItsBytes() throws InvalidProtocolBufferException {
        for (int i = 0; i < 500; i++) {
            GatewayAnswer answer = new GatewayAnswer(
                    i,
                    random.gatewayId(),
                    i % 2 == 0,
                    random.word(),
                    random.count(),
                    random.count(),
                    random.share(),
                    random.count(),
                    random.count(),
                    random.some(random::word),
                    i % 3 == 0,
                    new Millis(random.number()));
            PeerAnswer read = PeerAnswer.parseFrom(OrderCodec.toProto(answer).toByteArray());
            assertEquals(answer, OrderCodec.fromProto(read, answer.from(), Cursor.at("PeerAnswer")));
        }
    }

    @Test
    void anOrderOfNoKindAndOneOfABadNameAreRefused() {
        PeerOrder none = PeerOrder.newBuilder().setOperation("operations/op-1").build();
        assertEquals(
                "PeerOrder.order",
                assertThrows(MalformedMessage.class, () -> OrderCodec.fromProto(none, Cursor.at("PeerOrder")))
                        .path());
        GatewayOrder drain = everyKind().getFirst();
        PeerOrder bad =
                OrderCodec.toProto(1, drain).toBuilder().setOperation("../etc").build();
        assertTrue(assertThrows(MalformedMessage.class, () -> OrderCodec.fromProto(bad, Cursor.at("PeerOrder")))
                .getMessage()
                .startsWith("PeerOrder.operation: found '../etc'"));
    }
}
