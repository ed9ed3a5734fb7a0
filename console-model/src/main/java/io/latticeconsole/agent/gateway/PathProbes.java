package io.latticeconsole.agent.gateway;

import io.grpc.stub.StreamObserver;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.proto.v1.CountRequestsRequest;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.RequestCounts;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.WorldSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Measures how far away each site is, by a question to one of its machines. Lane only.
final class PathProbes {
    private static final int SECONDS = 2;

    private final MachineRoom room;
    private final Gateway gateway;
    private final Lane lane;
    private final Map<SiteId, Integer> siteOf = new HashMap<>();

    PathProbes(WorldSpec world, MachineRoom room, Gateway gateway, Lane lane) {
        this.room = room;
        this.gateway = gateway;
        this.lane = lane;
        for (int s = 0; s < world.sites().size(); s++) {
            siteOf.put(world.sites().get(s).id(), s);
        }
    }

    /// Judges the paths by the answers so far, and asks again.
    void send() {
        gateway.judgePaths();
        Set<SiteId> asked = new HashSet<>();
        for (Node node : gateway.state().nodes().values()) {
            SiteId at = node.id().site();
            NodeLink link = node.health() == Health.DOWN ? null : room.link(node.id());
            Integer site = siteOf.get(at);
            if (link != null && site != null && asked.add(at)) {
                ask(link, site);
            }
        }
    }

    private void ask(NodeLink link, int site) {
        long sent = System.nanoTime();
        NodeServiceGrpc.newStub(link.channel())
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                .countRequests(CountRequestsRequest.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(RequestCounts counts) {
                        double ms = (System.nanoTime() - sent) / 1e6;
                        lane.execute(() -> gateway.probed(site, ms));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        // silence is what the gateway judges by
                    }

                    @Override
                    public void onCompleted() {
                        // the answer was taken already
                    }
                });
    }
}
