package io.latticeconsole.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecRoundTripTest {
    @Test
    void everyFactComesBackAsItWasThroughItsBytes() throws InvalidProtocolBufferException {
        RandomOperations random = new RandomOperations(new RandomObjects(1));
        for (int i = 0; i < 5_000; i++) {
            Fact fact = random.fact();
            Change read = Change.parseFrom(FactCodec.toProto(fact).toByteArray());
            assertEquals(fact, FactCodec.fromProto(read, Cursor.at("Change")));
        }
    }

    @Test
    void everyEventPlanAndClockComesBackAsItWas() {
        RandomObjects objects = new RandomObjects(2);
        RandomOperations random = new RandomOperations(objects);
        for (int i = 0; i < 2_000; i++) {
            EventRecord event = objects.event(i);
            assertEquals(event, FactCodec.fromProto(FactCodec.toProto(event), Cursor.at("Event")));
            Plan plan = random.plan();
            assertEquals(plan, PlanCodec.fromProto(PlanCodec.toProto(plan), Cursor.at("Plan")));
            var clock = objects.clock();
            assertEquals(clock, EndpointCodec.fromProto(EndpointCodec.toProto(clock), Cursor.at("Clock")));
        }
    }

    @Test
    void aDeltaKeepsTheOrderOfChangesAndOfEvents() {
        RandomObjects objects = new RandomObjects(3);
        List<Fact> facts = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            facts.add(objects.changed());
            facts.add(new Fact.EventLogged(objects.event(i)));
        }
        Delta delta = FactCodec.delta("e1", 7, 3, objects.time(), objects.time(), facts);
        List<Fact> changes = new ArrayList<>();
        delta.getChangesList().forEach(c -> changes.add(FactCodec.fromProto(c, Cursor.at("Change"))));
        delta.getEventsList()
                .forEach(e -> changes.add(new Fact.EventLogged(FactCodec.fromProto(e, Cursor.at("Event")))));
        List<Fact> expected = new ArrayList<>(
                facts.stream().filter(f -> !(f instanceof Fact.EventLogged)).toList());
        expected.addAll(
                facts.stream().filter(Fact.EventLogged.class::isInstance).toList());
        assertEquals(expected, changes);
    }

    @Test
    void aDamagedChangeIsReadOrRefusedAndNothingElse() {
        RandomOperations random = new RandomOperations(new RandomObjects(4));
        Random damage = new Random(5);
        int refused = 0;
        int readings = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = FactCodec.toProto(random.fact()).toByteArray();
            for (int flips = 1 + damage.nextInt(4); flips > 0; flips--) {
                bytes[damage.nextInt(bytes.length)] ^= (byte) (1 << damage.nextInt(8));
            }
            try {
                FactCodec.fromProto(Change.parseFrom(bytes), Cursor.at("Change"));
                readings++;
            } catch (MalformedMessage | InvalidProtocolBufferException e) {
                assertTrue(String.valueOf(e.getMessage()).length() > 10);
                refused++;
            }
        }
        assertTrue(refused > 1_000, "refused only " + refused);
        assertTrue(readings > 1_000, "read only " + readings);
    }

    @Test
    void aRefusalNamesTheFieldWhatWasFoundAndWhatWasExpected() {
        var node = ObjectsToProto.node(new RandomObjects(6).node()).toBuilder()
                .clearAccelerators()
                .addAccelerators(io.latticeconsole.proto.v1.Accelerator.newBuilder())
                .addAccelerators(
                        io.latticeconsole.proto.v1.Accelerator.newBuilder().setTdpWatts(-5))
                .build();
        MalformedMessage e = assertThrows(MalformedMessage.class, () -> ObjectsFromProto.node(node, Cursor.at("Node")));
        assertEquals("Node.accelerators[1].tdp_watts", e.path());
        assertEquals("Node.accelerators[1].tdp_watts: found -5.0, expected 0.0 to 1000000.0", e.getMessage());
        assertEquals(List.of("accelerators[1].tdp_watts"), e.asRefusal().subjects());
    }

    @Test
    void anUnknownEnumABadNameAndAMissingTimeAreRefused() {
        var node = ObjectsToProto.node(new RandomObjects(7).node());
        Cursor at = Cursor.at("Node");
        assertEquals(
                "Node.health",
                assertThrows(
                                MalformedMessage.class,
                                () -> ObjectsFromProto.node(
                                        node.toBuilder().setHealthValue(99).build(), at))
                        .path());
        MalformedMessage badName = assertThrows(
                MalformedMessage.class,
                () -> ObjectsFromProto.node(
                        node.toBuilder().setName("regions/EU/n2").build(), at));
        assertEquals("Node.name", badName.path());
        assertInstanceOf(IllegalArgumentException.class, badName.getCause());
        assertEquals(
                "Node.health_since",
                assertThrows(
                                MalformedMessage.class,
                                () -> ObjectsFromProto.node(
                                        node.toBuilder().clearHealthSince().build(), at))
                        .path());
    }
}
