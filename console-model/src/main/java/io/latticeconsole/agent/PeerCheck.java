package io.latticeconsole.agent;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whether another gateway is what a gateway's file says of it, as it says itself. Blocks while it asks.
record PeerCheck(GatewayFile file, GatewayFile.Peer peer, ChannelCredentials credentials) {
    /// What is wrong, in sentences; nothing where all is well.
    ///
    /// @throws StatusRuntimeException where it does not answer
    List<String> problems(int seconds) {
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(peer.address(), credentials).build();
        try {
            var stub = LatticeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(seconds, TimeUnit.SECONDS);
            List<String> problems = said(stub.getLattice(GetLatticeRequest.getDefaultInstance()));
            for (Node node : stub.listNodes(
                            ListNodesRequest.newBuilder().setPageSize(1000).build())
                    .getNodesList()) {
                String site = node.getName().replaceFirst("/nodes/.*", "");
                String code = site.substring(site.lastIndexOf('/') + 1);
                String unknown = name() + " has nodes at " + site + ", which this file does not know";
                if (peer.sites().stream().noneMatch(s -> s.code().equals(code)) && !problems.contains(unknown)) {
                    problems.add(unknown);
                }
            }
            return problems;
        } finally {
            channel.shutdownNow();
        }
    }

    String name() {
        return "gateways/" + peer.region().code();
    }

    private List<String> said(Lattice lattice) {
        List<String> problems = new ArrayList<>();
        require(problems, "is", lattice.getGateway(), name());
        require(
                problems,
                "belongs to",
                lattice.getName(),
                "lattices/" + file.lattice().code());
        require(problems, "says the coordinator is", lattice.getCoordinator(), "gateways/" + file.coordinatorRegion());
        return problems;
    }

    private void require(List<String> problems, String what, String found, String expected) {
        if (!found.equals(expected)) {
            problems.add(peer.address() + " " + what + " " + found + ", expected " + expected);
        }
    }
}
