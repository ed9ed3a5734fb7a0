package io.latticeconsole.server;

import io.grpc.ChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;

/// The threads that read and write the connections of all servers of the process. gRPC takes a listening channel of
/// ours only together with event loops of ours.
public final class EventLoops {
    static final EventLoopGroup ACCEPTING = loops(1);
    /// One for two cores: a small machine has others to run, too.
    static final EventLoopGroup SERVING = loops(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private EventLoops() {}

    /// A channel on the same threads: what a server hands on to it need not wait for another thread to wake. It tries
    /// nothing again by itself: whoever routes counts each attempt, and decides where the next one goes.
    public static NettyChannelBuilder channel(String address, ChannelCredentials credentials) {
        return NettyChannelBuilder.forTarget(address, credentials)
                .disableRetry()
                .eventLoopGroup(SERVING)
                .channelType(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class);
    }

    private static EventLoopGroup loops(int threads) {
        IoHandlerFactory factory = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(
                threads, Thread.ofPlatform().daemon().name("lattice-server-", 0).factory(), factory);
    }
}
