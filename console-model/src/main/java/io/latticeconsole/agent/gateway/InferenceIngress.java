package io.latticeconsole.agent.gateway;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.node.InferenceFailure;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataRequest;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import io.latticeconsole.proto.inference.ModelReadyRequest;
import io.latticeconsole.proto.inference.ModelReadyResponse;
import io.latticeconsole.proto.inference.ServerLiveRequest;
import io.latticeconsole.proto.inference.ServerLiveResponse;
import io.latticeconsole.proto.inference.ServerMetadataRequest;
import io.latticeconsole.proto.inference.ServerMetadataResponse;
import io.latticeconsole.proto.inference.ServerReadyRequest;
import io.latticeconsole.proto.inference.ServerReadyResponse;
import io.latticeconsole.server.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The Open Inference Protocol at a gateway: each request goes to the replica that the lattice's router picks.
final class InferenceIngress extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MachineRoom room;
    private final Gateway gateway;
    private final Lane lane;

    InferenceIngress(MachineRoom room, Gateway gateway, Lane lane) {
        this.room = room;
        this.gateway = gateway;
        this.lane = lane;
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> out) {
        var client = (ServerCallStreamObserver<ModelInferResponse>) out;
        Deadline deadline = Context.current().getDeadline();
        OpenRequest[] taken = new OpenRequest[1]; // lane only
        client.setOnCancelHandler(() -> lane.execute(() -> {
            if (taken[0] != null) {
                room.givenUp(taken[0]);
            }
        }));
        lane.execute(() -> taken[0] = room.arrived(request, deadline, client));
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> out) {
        out.onNext(ServerLiveResponse.newBuilder().setLive(true).build());
        out.onCompleted();
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> out) {
        lane.execute(() -> {
            out.onNext(
                    ServerReadyResponse.newBuilder().setReady(serves(_ -> true)).build());
            out.onCompleted();
        });
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> out) {
        lane.execute(() -> {
            boolean ready = serves(r -> r.model().code().equals(request.getName())
                    && (request.getVersion().isEmpty() || r.version().equals(request.getVersion())));
            out.onNext(ModelReadyResponse.newBuilder().setReady(ready).build());
            out.onCompleted();
        });
    }

    /// As a ready replica's engine tells it, with the versions that are ready anywhere.
    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> out) {
        lane.execute(() -> {
            List<Replica> all = ready(r -> r.model().code().equals(request.getName()));
            NodeLink link = all.stream()
                    .filter(r -> request.getVersion().isEmpty() || r.version().equals(request.getVersion()))
                    .map(r -> room.link(r.id().node()))
                    .filter(l -> l != null && l.isHeard())
                    .findFirst()
                    .orElse(null);
            if (link == null) {
                out.onError(InferenceFailure.notServed(request.getName(), request.getVersion()));
                return;
            }
            List<String> versions =
                    all.stream().map(Replica::version).distinct().sorted().toList();
            GRPCInferenceServiceGrpc.newStub(link.channel())
                    .withDeadlineAfter(PATIENCE)
                    .modelMetadata(request, new Telling(out, versions));
        });
    }

    private record Telling(StreamObserver<ModelMetadataResponse> out, List<String> versions)
            implements StreamObserver<ModelMetadataResponse> {
        @Override
        public void onNext(ModelMetadataResponse told) {
            out.onNext(told.toBuilder().clearVersions().addAllVersions(versions).build());
        }

        @Override
        public void onError(Throwable failure) {
            out.onError(failure);
        }

        @Override
        public void onCompleted() {
            out.onCompleted();
        }
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> out) {
        out.onNext(ServerMetadataResponse.newBuilder()
                .setName("lattice-gateway")
                .setVersion(gateway.id().name())
                .build());
        out.onCompleted();
    }

    private boolean serves(Predicate<Replica> which) {
        return !ready(which).isEmpty();
    }

    private List<Replica> ready(Predicate<Replica> which) {
        List<Replica> ready = new ArrayList<>();
        LatticeState state = gateway.state();
        for (Node node : state.nodes().values()) {
            if (node.health() != Health.DOWN && node.adminState() != AdminState.DRAINED) {
                for (Replica r : state.replicasOf(node.id())) {
                    if (r.state() == ReplicaState.READY && which.test(r)) {
                        ready.add(r);
                    }
                }
            }
        }
        return ready;
    }
}
