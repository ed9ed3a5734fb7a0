package io.latticeconsole.agent.bench;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.latticeconsole.proto.inference.ModelInferRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One kind of call, measured two ways: its latency at a steady rate, and how many a second a few callers get.
public final class InferenceCalls implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 30;

    private final ManagedChannel channel;
    private final ModelInferRequest request;

    /// Calls of a model at an address, plaintext, each with the same text.
    public InferenceCalls(String address, String model, String text) {
        this.channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
        this.request = SteadyClients.request(model, "1", text);
    }

    private GRPCInferenceServiceBlockingStub stub() {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /// Calls once; empty when it was answered, else why not.
    public String tryOnce() {
        try {
            once();
            return "";
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void once() {
        var _ = stub().modelInfer(request);
    }

    /// Latencies in ms of calls begun each `1 / perSecond` s for so many seconds, whatever becomes of those before.
    public double[] latencies(double perSecond, double seconds) throws Exception {
        List<Future<Double>> calls = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int i = 0; i < perSecond * seconds; i++) {
                long due = begin + Math.round(i * 1e9 / perSecond);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                calls.add(callers.submit(() -> {
                    once();
                    return (System.nanoTime() - due) / 1e6;
                }));
            }
            double[] ms = new double[calls.size()];
            for (int i = 0; i < ms.length; i++) {
                ms[i] = calls.get(i).get();
            }
            return ms;
        }
    }

    /// Calls per second of `callers` that each begin the next when the last is answered.
    public double perSecond(int callers, double seconds) throws Exception {
        long until = System.nanoTime() + Math.round(seconds * 1e9);
        List<Future<Integer>> counts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < callers; c++) {
                counts.add(threads.submit(() -> {
                    int done = 0;
                    for (; System.nanoTime() < until; done++) {
                        once();
                    }
                    return done;
                }));
            }
            int sum = 0;
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
            return sum / seconds;
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
