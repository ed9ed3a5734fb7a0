package io.latticeconsole.server;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/// Closes connections beyond a number as they arrive, before anything is read or kept of them: without that,
/// whoever opens sockets takes the process its file descriptors.
@ChannelHandler.Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    Arrivals(int most) {
        this.most = most;
    }

    /// A channel that listens and counts.
    ServerChannel listening() {
        ServerChannel channel = Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        channel.pipeline().addLast(this);
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel arrived) {
            if (open.incrementAndGet() > most) {
                open.decrementAndGet();
                arrived.unsafe().closeForcibly();
                return;
            }
            var _ = arrived.closeFuture().addListener(_ -> open.decrementAndGet());
        }
        context.fireChannelRead(message);
    }
}
