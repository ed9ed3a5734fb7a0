package io.latticeconsole.server;

import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.WatchLatticeRequest;

/// Binds LatticeService with a WatchLattice whose replies are frames that were serialised once for all
/// watchers, instead of messages that gRPC would serialise for each.
final class WatchBinding {
    private final Publication publication;
    private final Lane lane;

    WatchBinding(Publication publication, Lane lane) {
        this.publication = publication;
        this.lane = lane;
    }

    /// The service with all other methods as `endpoint` serves them.
    ServerServiceDefinition bind(LatticeEndpoint endpoint) {
        MethodDescriptor<WatchLatticeRequest, ?> typed = LatticeServiceGrpc.getWatchLatticeMethod();
        MethodDescriptor<WatchLatticeRequest, Frame> raw =
                typed.toBuilder(typed.getRequestMarshaller(), Frame.MARSHALLER).build();
        ServerServiceDefinition served = endpoint.bindService();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(LatticeServiceGrpc.SERVICE_NAME)
                .setSchemaDescriptor(served.getServiceDescriptor().getSchemaDescriptor());
        for (MethodDescriptor<?, ?> method : served.getServiceDescriptor().getMethods()) {
            descriptor.addMethod(method.getFullMethodName().equals(raw.getFullMethodName()) ? raw : method);
        }
        ServerServiceDefinition.Builder bound = ServerServiceDefinition.builder(descriptor.build());
        for (ServerMethodDefinition<?, ?> method : served.getMethods()) {
            if (!method.getMethodDescriptor().getFullMethodName().equals(raw.getFullMethodName())) {
                bound.addMethod(method);
            }
        }
        return bound.addMethod(raw, ServerCalls.asyncServerStreamingCall(this::watch))
                .build();
    }

    private void watch(WatchLatticeRequest request, StreamObserver<Frame> caller) {
        ServerCallStreamObserver<Frame> out = (ServerCallStreamObserver<Frame>) caller;
        out.setOnCancelHandler(() -> lane.execute(publication::forgetEnded));
        Subscription subscription = new Subscription(publication, out);
        out.setOnReadyHandler(() -> lane.execute(subscription::drain));
        lane.execute(() -> subscription.begin(request));
    }
}
