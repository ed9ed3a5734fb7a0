package io.latticeconsole.agent.bench;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.InferTensorContents;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Clients that send a request each so many ms, whatever becomes of those before, and note how each ended.
public final class SteadyClients implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 10;

    /// One request: when it was sent, ns of the system's timer, and what it took.
    private record Taken(long sentAt, double ms) {}

    private final String model;
    private final ManagedChannel channel;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bench clients").factory());
    private final List<Taken> answered = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private long sent;

    private SteadyClients(String address, String model) {
        this.model = model;
        channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    }

    /// Starts to send to a gateway's inference address, naming a model.
    public static SteadyClients start(String address, String model, double perSecond) {
        SteadyClients clients = new SteadyClients(address, model);
        long period = Math.round(1e9 / perSecond);
        var _ = clients.clock.scheduleAtFixedRate(clients::send, period, period, TimeUnit.NANOSECONDS);
        return clients;
    }

    private static ModelInferRequest request(String model, long number) {
        return request(model, Long.toString(number), "Request number " + number + " of many");
    }

    /// One text as the embedded engine's models take it.
    public static ModelInferRequest request(String model, String id, String text) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .setId(id)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("text")
                        .setDatatype("BYTES")
                        .addShape(1)
                        .setContents(InferTensorContents.newBuilder().addBytesContents(ByteString.copyFromUtf8(text))))
                .build();
    }

    private void send() {
        long number;
        synchronized (this) {
            number = ++sent;
        }
        long at = System.nanoTime();
        GRPCInferenceServiceGrpc.newStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .modelInfer(request(model, number), new StreamObserver<>() {
                    @Override
                    public void onNext(ModelInferResponse response) {
                        note(new Taken(at, (System.nanoTime() - at) / 1e6));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        failed(Status.fromThrowable(failure));
                    }

                    @Override
                    public void onCompleted() {
                        // noted with its answer
                    }
                });
    }

    private synchronized void note(Taken taken) {
        answered.add(taken);
    }

    private synchronized void failed(Status status) {
        failures.merge(status.getCode() + " " + status.getDescription(), 1, Integer::sum);
    }

    /// Stops sending and waits until every request has ended.
    public void drain() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(1, TimeUnit.SECONDS);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS + 2L);
        while (open() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private synchronized long open() {
        return sent - answered.size() - failed();
    }

    public synchronized long sent() {
        return sent;
    }

    public synchronized int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Failures by what was said.
    public synchronized String failures() {
        return failures.toString();
    }

    /// Latencies in ms of requests sent within one of these spans of ns, or outside all of them.
    public synchronized double[] latencies(List<long[]> spans, boolean inside) {
        return answered.stream()
                .filter(t -> inside == spans.stream().anyMatch(s -> t.sentAt >= s[0] && t.sentAt < s[1]))
                .mapToDouble(Taken::ms)
                .toArray();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        channel.shutdownNow();
    }
}
