package io.latticeconsole.agent.engine.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The embedded engine in a process of its own: a port on loopback, the seconds a stop waits, then `VERSION` or
/// `VERSION=DIRECTORY` each, with `+` before those to load. It ends when its standard input does, so that it never
/// outlives the agent.
final class EmbeddedMain {
    private EmbeddedMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, Optional<Path>> versions = new LinkedHashMap<>();
        List<String> load = new ArrayList<>();
        for (String arg : List.of(args).subList(2, args.length)) {
            String spec = arg.startsWith("+") ? arg.substring(1) : arg;
            int equals = spec.indexOf('=');
            String name = equals < 0 ? spec : spec.substring(0, equals);
            versions.put(name, equals < 0 ? Optional.empty() : Optional.of(Path.of(spec.substring(equals + 1))));
            if (arg.startsWith("+")) {
                load.add(name);
            }
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        try (EmbeddedServer server = EmbeddedServer.start(address, versions, load)) {
            int end = 0;
            while (end >= 0) {
                end = System.in.read();
            }
            server.drain(Long.parseLong(args[1]));
        }
    }
}
