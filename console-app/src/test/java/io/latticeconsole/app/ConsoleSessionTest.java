package io.latticeconsole.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.drill.DrillOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The window is built while its lattice starts: what goes wrong there leaves no window behind.
@Timeout(60)
class ConsoleSessionTest {
    @Test
    void aTraceThatCannotBeReadIsSaidAndNoWindowOpens(@TempDir Path folder) {
        Path trace = folder.resolve("missing.csv");
        ConsoleOptions options = options(List.of(), Optional.of(new DrillOptions(12, 1, 50, trace, "127.0.0.1", 0)));
        IOException e = assertThrows(IOException.class, () -> ConsoleSession.open(options));
        assertTrue(String.valueOf(e.getMessage()).contains(trace.toString()), e.toString());
        assertEquals(0, windows());
    }

    @Test
    void anAddressThatIsNoneIsSaidAndNoWindowOpens() {
        ConsoleOptions options = options(List.of("nowhere"), Optional.empty());
        var e = assertThrows(IllegalArgumentException.class, () -> ConsoleSession.open(options));
        assertTrue(String.valueOf(e.getMessage()).contains("'nowhere' is no address"), e.toString());
        assertEquals(0, windows());
    }

    @Test
    void whatIsNoLatticeIsSaidAtOnceInsteadOfWaitedFor() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        String address = "127.0.0.1:" + web.getAddress().getPort();
        try (ConsoleSession session = ConsoleSession.open(options(List.of(address), Optional.empty()))) {
            IOException e = assertThrows(IOException.class, () -> session.awaitLive(Duration.ofMinutes(5)));
            assertTrue(String.valueOf(e.getMessage()).startsWith(address + " answers"), e.toString());
        } finally {
            web.stop(0);
        }
    }

    private static ConsoleOptions options(List<String> connect, Optional<DrillOptions> drill) {
        return new ConsoleOptions(connect, drill, Theme.NIGHT, "m.okafor", 1000, 900);
    }

    private static int windows() {
        return CompletableFuture.supplyAsync(() -> Window.getWindows().size(), Fx.executor())
                .join();
    }
}
