package io.latticeconsole.server;

import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.ObjectsToProto;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListEventsResponse;
import io.latticeconsole.proto.v1.ListModelsRequest;
import io.latticeconsole.proto.v1.ListModelsResponse;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.ListNodesResponse;
import io.latticeconsole.proto.v1.ListRoutesRequest;
import io.latticeconsole.proto.v1.ListRoutesResponse;
import io.latticeconsole.proto.v1.Node;
import io.latticeconsole.proto.v1.QuerySeriesRequest;
import io.latticeconsole.proto.v1.QuerySeriesResponse;
import io.latticeconsole.server.events.EventLog;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Lists and explains what one gateway owns; watching is bound by [WatchBinding].
final class LatticeEndpoint extends LatticeServiceGrpc.LatticeServiceImplBase {
    private final Publication publication;
    private final Supplier<List<GatewayId>> unreachablePeers;
    private final Replies replies;

    LatticeEndpoint(Publication publication, Supplier<List<GatewayId>> unreachablePeers, Replies replies) {
        this.publication = publication;
        this.unreachablePeers = unreachablePeers;
        this.replies = replies;
    }

    @Override
    public void getLattice(GetLatticeRequest request, StreamObserver<Lattice> caller) {
        replies.answer(caller, () -> EndpointCodec.toProto(publication.info()));
    }

    @Override
    public void listNodes(ListNodesRequest request, StreamObserver<ListNodesResponse> caller) {
        replies.answer(caller, () -> {
            NodeFilter filter = NodeFilter.parse(request.getFilter());
            var lattice = publication.catalogue().lattice();
            Listing<Node> nodes = Listing.of(
                    "nodes " + request.getFilter(),
                    lattice.nodes().values().stream().filter(n -> filter.passes(n, lattice)),
                    n -> n.id().name(),
                    ObjectsToProto::node,
                    request.getPageSize(),
                    request.getPageToken());
            return ListNodesResponse.newBuilder()
                    .addAllNodes(nodes.page())
                    .setNextPageToken(nodes.nextPageToken())
                    .addAllUnreachable(unreachableRegions())
                    .build();
        });
    }

    @Override
    public void getNode(GetNodeRequest request, StreamObserver<Node> caller) {
        replies.answer(caller, () -> {
            var node = publication.catalogue().lattice().nodes().get(nodeId(request.getName()));
            if (node == null) {
                throw unknown(request.getName());
            }
            return ObjectsToProto.node(node);
        });
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> caller) {
        replies.answer(caller, () -> {
            var models = Listing.of(
                    "models",
                    publication.catalogue().lattice().models().values().stream(),
                    m -> m.id().name(),
                    ObjectsToProto::model,
                    request.getPageSize(),
                    request.getPageToken());
            return ListModelsResponse.newBuilder()
                    .addAllModels(models.page())
                    .setNextPageToken(models.nextPageToken())
                    .addAllUnreachable(unreachableRegions())
                    .build();
        });
    }

    @Override
    public void listRoutes(ListRoutesRequest request, StreamObserver<ListRoutesResponse> caller) {
        replies.answer(caller, () -> {
            String parent = request.getParent();
            boolean every = parent.isEmpty() || parent.equals("-");
            if (!every) {
                requireOwned(parent);
            }
            var routes = Listing.of(
                    "routes " + parent,
                    publication.catalogue().lattice().routes().values().stream()
                            .filter(r -> every || r.id().region().name().equals(parent)),
                    r -> r.id().name(),
                    ObjectsToProto::route,
                    request.getPageSize(),
                    request.getPageToken());
            return ListRoutesResponse.newBuilder()
                    .addAllRoutes(routes.page())
                    .setNextPageToken(routes.nextPageToken())
                    .addAllUnreachable(unreachableRegions())
                    .build();
        });
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> caller) {
        replies.answerLater(
                caller,
                () -> {
                    EventLog log = publication.events();
                    OptionalLong gone = log.goneWith(request.getEventLog(), request.getAfterSeq());
                    if (gone.isPresent()) {
                        return CompletableFuture.completedFuture(new Found(0, List.of(), 0, gone));
                    }
                    requireEventsOf(request);
                    long last = log.lastSeq();
                    long after =
                            request.getNewest() > 0 ? log.beforeNewest(request.getNewest()) : request.getAfterSeq();
                    return log.after(after, PageToken.size(request.getPageSize()))
                            .thenApply(events -> new Found(after, events, last, gone));
                },
                this::page);
    }

    /// Events after some number, when `last` was the newest; or how many are `gone` with a former log.
    private record Found(long after, List<EventRecord> events, long last, OptionalLong gone) {}

    private void requireEventsOf(ListEventsRequest request) {
        if (request.getAfterSeq() < 0) {
            throw Refusals.badField("after_seq", "is beyond any sequence number");
        }
        if (request.getNewest() < 0) {
            throw Refusals.badField("newest", "is " + request.getNewest() + ", expected 0 or more");
        }
        String log = publication.events().id();
        if (!request.getEventLog().isEmpty()) {
            if (!request.getEventLog().equals(log)) {
                throw new OrderRefused(
                        "FAILED_PRECONDITION",
                        "OTHER_EVENT_LOG",
                        "event log " + request.getEventLog() + " is not here"
                                + (log.isEmpty() ? "" : ", " + log + " is") + "; its events begin after 0",
                        List.of(log));
            }
        } else if (!request.getEpoch().isEmpty() && !request.getEpoch().equals(publication.epoch())) {
            throw new OrderRefused(
                    "FAILED_PRECONDITION",
                    "OTHER_EPOCH",
                    "epoch " + request.getEpoch() + " is over, this is epoch " + publication.epoch()
                            + "; its events begin after 0",
                    List.of(publication.epoch()));
        }
    }

    @Override
    public void querySeries(QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> caller) {
        replies.answer(
                caller,
                () -> SeriesQuery.answer(request, publication.series(), name -> {
                    var node = publication.catalogue().lattice().nodes().get(nodeId(name));
                    if (node == null) {
                        throw unknown(name);
                    }
                    return node.index();
                }));
    }

    private ListEventsResponse page(Found found) {
        ListEventsResponse.Builder reply = ListEventsResponse.newBuilder();
        if (found.gone().isPresent()) {
            return reply.setEventsLost(found.gone().getAsLong()).build();
        }
        EventLog log = publication.events();
        long last = found.events().isEmpty() ? found.last() : found.after();
        int bytes = 0;
        for (EventRecord event : found.events()) {
            var message = FactCodec.toProto(event);
            bytes += message.getSerializedSize();
            if (bytes > EndpointLimits.FILL_BYTES && reply.getEventsCount() > 0) {
                break;
            }
            reply.addEvents(message);
            last = event.seq();
        }
        return reply.setEventsLost(Math.max(0, log.given(found.after(), last) - reply.getEventsCount()))
                .setMore(last < log.lastSeq())
                .build();
    }

    private static NodeId nodeId(String name) {
        try {
            return new NodeId(name);
        } catch (IllegalArgumentException e) {
            OrderRefused refused = Refusals.badField("name", "is '" + name + "', expected regions/…/sites/…/nodes/…");
            refused.initCause(e);
            throw refused;
        }
    }

    /// Why a well-formed node name is not here: nobody's, or another gateway's, and then whose.
    private OrderRefused unknown(String name) {
        String region = new NodeId(name).region().name();
        for (Peer peer : publication.info().peers()) {
            if (peer.region().name().equals(region)
                    && !peer.gateway().equals(publication.info().gateway())) {
                return Refusals.notFound(name, "is not owned here; ask " + peer.gateway() + " at " + peer.address());
            }
        }
        return Refusals.notFound(name, "does not exist");
    }

    private void requireOwned(String region) {
        RegionId id;
        try {
            id = new RegionId(region);
        } catch (IllegalArgumentException e) {
            OrderRefused refused = Refusals.badField("parent", "is '" + region + "', expected regions/… or - for all");
            refused.initCause(e);
            throw refused;
        }
        if (!publication.info().owns().contains(id)) {
            throw Refusals.notFound(region, "is not owned here; see peers of GetLattice");
        }
    }

    /// Regions whose gateway this one cannot reach: what they own is missing here.
    private List<String> unreachableRegions() {
        List<GatewayId> silent = unreachablePeers.get();
        return publication.info().peers().stream()
                .filter(p -> silent.contains(p.gateway()))
                .map(p -> p.region().name())
                .toList();
    }
}
