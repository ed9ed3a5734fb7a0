package io.latticeconsole.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Picks the ports of a lattice before its servers start, since each of them has to tell all addresses.
public final class FreePorts {
    private static final int HIGHEST = 65_535;

    /// Outgoing connections are given higher ports: none of theirs takes one of these before its server starts.
    private static final int FROM = 15_000;

    private static final int BELOW = 30_000;
    private static final int TRIES = 50;

    private FreePorts() {}

    /// Addresses of `count` consecutive ports from `first` on, or of any free ports if it is 0.
    ///
    /// @throws BindException naming the port that is in use
    /// @throws IllegalArgumentException if there are not that many ports from `first` on
    public static List<InetSocketAddress> take(String host, int first, int count) throws IOException {
        if (first > 0 && first + count - 1 > HIGHEST) {
            throw new IllegalArgumentException(count + " gateways need the ports " + first + " to "
                    + (first + count - 1) + ", but the last port is " + HIGHEST);
        }
        InetAddress address = InetAddress.getByName(host);
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<InetSocketAddress> free = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                held.add(first == 0 ? holdAny(address) : hold(address, first + i));
                free.add(new InetSocketAddress(address, held.getLast().getLocalPort()));
            }
            return free;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /// An address as clients are told, `host:port`, or `[host]:port` of version 6.
    public static String text(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static ServerSocket holdAny(InetAddress address) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return hold(address, ThreadLocalRandom.current().nextInt(FROM, BELOW));
            } catch (BindException _) {
                // somebody has it: another
            }
        }
        return hold(address, 0);
    }

    private static ServerSocket hold(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            BindException taken = new BindException("cannot listen on " + text(new InetSocketAddress(address, port))
                    + ": the port is in use or not ours");
            taken.initCause(e);
            throw taken;
        }
    }
}
