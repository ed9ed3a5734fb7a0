package io.latticeconsole.agent.gateway;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.node.Claims;
import io.latticeconsole.gateway.NodeAnswer;
import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.proto.v1.AbortRequestsRequest;
import io.latticeconsole.proto.v1.CountRequestsRequest;
import io.latticeconsole.proto.v1.LoadReplicaRequest;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.ProbeReplicaRequest;
import io.latticeconsole.proto.v1.RequestCounts;
import io.latticeconsole.proto.v1.RetireReplicaRequest;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.ModelSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Carries a gateway's commands to one agent, and its answers back to the lane. A question that is not answered stays
/// unanswered, as over any network: whoever asked asks again. Loads and retirements are sent until they are taken.
final class NodeCommands {
    private static final System.Logger LOG = System.getLogger(NodeCommands.class.getName());
    private static final int SECONDS = 10;
    private static final int MOST_TRIES = 20;

    private final NodeLink link;
    private final int node;
    private final List<ModelSpec> models;
    private final Lane lane;
    private final Consumer<NodeAnswer> answers;

    NodeCommands(NodeLink link, int node, List<ModelSpec> models, Lane lane, Consumer<NodeAnswer> answers) {
        this.link = link;
        this.node = node;
        this.models = models;
        this.lane = lane;
        this.answers = answers;
    }

    private NodeServiceGrpc.NodeServiceStub stub() {
        Metadata claim = new Metadata();
        claim.put(Claims.KEY, link.claim().key());
        return NodeServiceGrpc.newStub(link.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(claim))
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    void send(NodeCommand command) {
        send(command, 1);
    }

    private void send(NodeCommand command, int tries) {
        switch (command) {
            case NodeCommand.Load c ->
                stub().loadReplica(
                                LoadReplicaRequest.newBuilder()
                                        .setCode(c.code())
                                        .setModel(models.get(c.model()).id().name())
                                        .setVersion(c.version())
                                        .build(),
                                untilTaken(command, tries));
            case NodeCommand.Retire c ->
                stub().retireReplica(
                                RetireReplicaRequest.newBuilder()
                                        .setCode(c.code())
                                        .build(),
                                untilTaken(command, tries));
            case NodeCommand.Count c ->
                stub().countRequests(
                                CountRequestsRequest.getDefaultInstance(),
                                answer(counts -> answer(c.ask(), counts), _ -> {}));
            case NodeCommand.Abort c ->
                stub().abortRequests(
                                AbortRequestsRequest.getDefaultInstance(),
                                answer(counts -> answer(c.ask(), counts), _ -> {}));
            case NodeCommand.Probe c ->
                stub().probeReplica(
                                ProbeReplicaRequest.newBuilder()
                                        .setCode(c.code())
                                        .build(),
                                answer(a -> probed(c.ask(), a.getLatencyMs()), _ -> probed(c.ask(), Double.NaN)));
        }
    }

    private void answer(long ask, RequestCounts c) {
        answers.accept(new NodeAnswer(
                node, ask, c.getRunning(), c.getQueued(), c.getOldestAgeSeconds(), c.getAborted(), Double.NaN));
    }

    private void probed(long ask, double ms) {
        answers.accept(new NodeAnswer(node, ask, 0, 0, 0, 0, ms));
    }

    private <T> StreamObserver<T> untilTaken(NodeCommand command, int tries) {
        return answer(_ -> {}, failure -> {
            if (tries < MOST_TRIES && Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE) {
                link.later(_ -> send(command, tries + 1));
            } else {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} did not take {1}: {2}",
                        link.channel().authority(),
                        command,
                        failure.getMessage());
            }
        });
    }

    private <T> StreamObserver<T> answer(Consumer<T> value, Consumer<Throwable> failed) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T answer) {
                lane.execute(() -> value.accept(answer));
            }

            @Override
            public void onError(Throwable failure) {
                lane.execute(() -> failed.accept(failure));
            }

            @Override
            public void onCompleted() {
                // the one answer was taken already
            }
        };
    }
}
