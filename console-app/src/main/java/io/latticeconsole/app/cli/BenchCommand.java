package io.latticeconsole.app.cli;

import io.latticeconsole.app.bench.calm.CalmBench;
import io.latticeconsole.app.bench.central.CentralBench;
import io.latticeconsole.app.bench.failover.FailoverBench;
import io.latticeconsole.app.bench.feed.FeedBench;
import io.latticeconsole.app.bench.fuzz.FuzzBench;
import io.latticeconsole.app.bench.glass.GlassBench;
import io.latticeconsole.app.bench.map.MapBench;
import io.latticeconsole.app.bench.real.AgentBench;
import io.latticeconsole.app.bench.real.GatewayBench;
import io.latticeconsole.app.bench.real.RealDrainBench;
import io.latticeconsole.app.bench.real.RealFailoverBench;
import io.latticeconsole.app.bench.sim.SimBench;
import io.latticeconsole.app.bench.start.StartBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measurements; each prints its figures as one JSON line.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures, and prints the figures of each measurement as one JSON line.",
            "Those that draw use the display they find, or start an Xvfb of 1920x1080 themselves; they say which "
                    + "JavaFX pipeline drew. Figures depend on what else the machine does: quote medians and ratios."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = line();
        line.usage(line.getOut());
        return 0;
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Process start to the first live frame of a console with its drill lattice; with --soak "
                    + "also its heap after each minute.")
    int start(
            @Option(names = "--repeats", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.") int repeats,
            @Option(names = "--soak", defaultValue = "0", paramLabel = "MINUTES", description = "Default: none.")
                    int soak)
            throws Exception {
        StartBench.run(repeats, soak, out());
        return 0;
    }

    @Command(
            name = "glass",
            mixinStandardHelpOptions = true,
            description = "Crashes nodes and times each from the gateway's delta to the pixel drawn.")
    int glass(
            @Option(names = "--crashes", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.") int crashes)
            throws Exception {
        GlassBench.run(crashes, out());
        return 0;
    }

    @Command(
            name = "map",
            mixinStandardHelpOptions = true,
            description = "Every node, mark and link of a large lattice drawn by the map while another process "
                    + "serves new values once a second; then a pan and zoom.")
    int map(
            @Option(
                            names = "--nodes",
                            defaultValue = "10000",
                            description = "1000 or 10000. Default: ${DEFAULT-VALUE}.")
                    int nodes,
            @Option(names = "--repeats", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.") int repeats)
            throws Exception {
        MapBench.run(nodes, repeats, out());
        return 0;
    }

    @Command(
            name = "feed",
            mixinStandardHelpOptions = true,
            description = "Samples of another process into the store: CPU at 1 Hz, then rows per second against the "
                    + "same messages parsed and thrown away.")
    int feed(@Option(names = "--nodes", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.") int nodes)
            throws Exception {
        FeedBench.run(nodes, out());
        return 0;
    }

    @Command(
            name = "failover",
            mixinStandardHelpOptions = true,
            description = "Crashes, silences and site losses under load: when they were seen, when traffic had moved, "
                    + "what was lost. In lattice time; takes minutes.")
    int failover(
            @Option(names = "--crashes", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.") int crashes,
            @Option(names = "--silences", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.") int silences,
            @Option(names = "--site-losses", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.") int sites,
            @Option(
                            names = "--load",
                            defaultValue = "0.7",
                            description = "Offered load over ready capacity. Default: ${DEFAULT-VALUE}.")
                    double load,
            @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.") long seed)
            throws InterruptedException {
        FailoverBench.run(new FailoverBench.Options(crashes, silences, sites, load, seed), out());
        return 0;
    }

    @Command(
            name = "real-failover",
            mixinStandardHelpOptions = true,
            description = "Real agents with real inference in processes of their own: kills and stops them while "
                    + "clients go on asking. Takes minutes.")
    int realFailover(
            @Option(names = "--kills", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.") int kills,
            @Option(names = "--stops", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.") int stops,
            @Option(
                            names = "--rate",
                            defaultValue = "20",
                            description = "Requests per second. Default: ${DEFAULT-VALUE}.")
                    double rate)
            throws Exception {
        RealFailoverBench.run(kills, stops, rate, out());
        return 0;
    }

    @Command(
            name = "real-drain",
            mixinStandardHelpOptions = true,
            description = "The same lattice: drains and restores its nodes while clients go on asking.")
    int realDrain(
            @Option(names = "--drains", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.") int drains,
            @Option(
                            names = "--rate",
                            defaultValue = "20",
                            description = "Requests per second. Default: ${DEFAULT-VALUE}.")
                    double rate)
            throws Exception {
        RealDrainBench.run(drains, rate, out());
        return 0;
    }

    @Command(
            name = "gateway",
            mixinStandardHelpOptions = true,
            description = "A request through gateway and agent against the same engine called directly, in turn: "
                    + "latency at 40 %% load, throughput of four callers; with the agent's embedded engine, and with "
                    + "one in a process of its own.")
    int gateway() throws Exception {
        GatewayBench.run(out());
        return 0;
    }

    @Command(
            name = "agent",
            mixinStandardHelpOptions = true,
            description = "Memory and processor time of an idle agent without an embedded engine.")
    int agent(@Option(names = "--seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.") int seconds)
            throws Exception {
        AgentBench.run(seconds, out());
        return 0;
    }

    @Command(
            name = "lattice-vs-central",
            mixinStandardHelpOptions = true,
            description = "The same requests on the same hardware, spread over the lattice and in one central site: "
                    + "latencies, energy, losses in a site failure, peak site power. Takes minutes.")
    int central(
            @Option(names = "--nodes", defaultValue = "96", description = "Default: ${DEFAULT-VALUE}.") int nodes,
            @Option(names = "--seeds", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.") int seeds,
            @Option(
                            names = "--seconds",
                            defaultValue = "120",
                            description = "Lattice time per seed. Default: ${DEFAULT-VALUE}.")
                    int seconds,
            @Option(
                            names = "--trace",
                            paramLabel = "FILE",
                            description = "Also the requests of this Azure LLM inference trace, as a second line.")
                    @Nullable
                    Path trace)
            throws Exception {
        CentralBench.run(new CentralBench.Options(nodes, seeds, seconds, trace), out());
        return 0;
    }

    @Command(
            name = "sim",
            mixinStandardHelpOptions = true,
            description = "CPU of the simulation at a rate in real time; then the largest lattice and the largest rate "
                    + "that one core keeps up with.")
    int sim(
            @Option(names = "--nodes", defaultValue = "96", description = "Default: ${DEFAULT-VALUE}.") int nodes,
            @Option(
                            names = "--rate",
                            defaultValue = "4000",
                            description = "Requests per second. Default: ${DEFAULT-VALUE}.")
                    double rate,
            @Option(
                            names = "--seconds",
                            defaultValue = "30",
                            description = "Length of the paced run. Default: ${DEFAULT-VALUE}.")
                    int seconds,
            @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.") long seed) {
        SimBench.run(new SimBench.Options(nodes, rate, seconds, seed), out());
        return 0;
    }

    @Command(
            name = "calm",
            mixinStandardHelpOptions = true,
            description = "A picture each second of a window in which nothing happens: share of pixels that change "
                    + "per second, clocks apart, in all, in the map and around it; share that is grey.")
    int calm(
            @Option(names = "--nodes", defaultValue = "96", description = "Default: ${DEFAULT-VALUE}.") int nodes,
            @Option(
                            names = "--settle",
                            defaultValue = "20",
                            description = "Seconds of live data before the first picture. Default: ${DEFAULT-VALUE}.")
                    int settle,
            @Option(
                            names = "--seconds",
                            defaultValue = "60",
                            description = "From the first picture to the last. Default: ${DEFAULT-VALUE}.")
                    int seconds)
            throws Exception {
        CalmBench.run(new CalmBench.Options(nodes, settle, seconds), out());
        return 0;
    }

    @Command(
            name = "fuzz",
            mixinStandardHelpOptions = true,
            description = "Mutated messages to every method of real servers, by callers of all roles: none may crash, "
                    + "hold on to anything, or do what its caller may not. Ends with 1 where one did.")
    int fuzz(
            @Option(names = "--messages", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
                    long messages,
            @Option(
                            names = "--seed",
                            defaultValue = "7",
                            description = "Of kinds and order of the messages. Default: ${DEFAULT-VALUE}.")
                    long seed)
            throws Exception {
        return FuzzBench.run(messages, seed, out()) ? 0 : 1;
    }

    private PrintWriter out() {
        return line().getOut();
    }

    private CommandLine line() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return command.commandLine();
    }
}
