package io.latticeconsole.codec;

import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.proto.v1.Clock;
import io.latticeconsole.proto.v1.Lattice;
import java.util.HashSet;

/// What an endpoint says of itself, and its clock, to and from messages.
public final class EndpointCodec {
    private static final double LARGEST_RATE = 1e6;

    private EndpointCodec() {}

    public static Lattice toProto(EndpointInfo o) {
        var message = Lattice.newBuilder()
                .setName(o.lattice())
                .setDisplayName(o.displayName())
                .setContractVersion(o.contractVersion())
                .setMode(Enums.MODE.encode(o.mode()))
                .setEpoch(o.epoch())
                .setGateway(o.gateway().name())
                .addAllOwns(SpecCodec.names(o.owns()))
                .setCoordinator(o.coordinator().name())
                .setClock(toProto(o.clock()))
                .setRequestWeight(o.requestWeight())
                .setSeed(o.seed());
        o.capabilities().stream().sorted().forEach(message::addCapabilities);
        o.peers()
                .forEach(peer -> message.addPeers(io.latticeconsole.proto.v1.Peer.newBuilder()
                        .setGateway(peer.gateway().name())
                        .setAddress(peer.address())
                        .setRegion(peer.region().name())));
        return message.build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static EndpointInfo fromProto(Lattice m, Cursor at) {
        at.present("clock", m.hasClock());
        return new EndpointInfo(
                at.text("name", m.getName()),
                m.getDisplayName(),
                at.text("contract_version", m.getContractVersion()),
                Enums.MODE.decode(at, "mode", m.getMode()),
                at.text("epoch", m.getEpoch()),
                at.named("gateway", m.getGateway(), GatewayId::new),
                at.names("owns", m.getOwnsList(), RegionId::new),
                at.list("peers", m.getPeersList(), EndpointCodec::peer),
                at.named("coordinator", m.getCoordinator(), GatewayId::new),
                fromProto(m.getClock(), at.field("clock")),
                new HashSet<>(m.getCapabilitiesList()),
                at.positive("request_weight", m.getRequestWeight()),
                m.getSeed());
    }

    private static Peer peer(io.latticeconsole.proto.v1.Peer m, Cursor at) {
        return new Peer(
                at.named("gateway", m.getGateway(), GatewayId::new),
                at.text("address", m.getAddress()),
                at.named("region", m.getRegion(), RegionId::new));
    }

    public static Clock toProto(ClockReading o) {
        return Clock.newBuilder()
                .setLatticeTime(Times.timestamp(o.latticeTime()))
                .setWallTime(Times.timestamp(o.wallTime()))
                .setRate(o.rate())
                .setAchievedRate(o.achievedRate())
                .setPaused(o.paused())
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static ClockReading fromProto(Clock m, Cursor at) {
        return new ClockReading(
                at.time("lattice_time", m.hasLatticeTime(), m.getLatticeTime()),
                at.time("wall_time", m.hasWallTime(), m.getWallTime()),
                at.within("rate", m.getRate(), 0, LARGEST_RATE),
                at.reading("achieved_rate", m.getAchievedRate(), 0, LARGEST_RATE),
                m.getPaused());
    }
}
