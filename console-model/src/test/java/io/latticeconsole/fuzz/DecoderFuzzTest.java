package io.latticeconsole.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.v1.Arm;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.Failover;
import io.latticeconsole.proto.v1.Fault;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.MachineReport;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.PeerAnswer;
import io.latticeconsole.proto.v1.PeerFlow;
import io.latticeconsole.proto.v1.PeerNodeLoad;
import io.latticeconsole.proto.v1.PeerOrder;
import io.latticeconsole.proto.v1.Plan;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.security.DevelopmentAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every decoder of foreign bytes, guided by coverage for some seconds; `-Dfuzz.seconds=600` takes ten minutes.
@Timeout(value = 2, unit = TimeUnit.HOURS)
class DecoderFuzzTest {
    /// Zero for as many runs as a test has time for.
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

    private static final int RUNS = 15_000;
    private static final int MOST_SECONDS = 60;
    private static final int LARGEST = 4096;
    private static final int EACH = 2;
    private static final int MUTATIONS = 300;
    private static final long SEED = 20260115;

    /// In the order of [Decoders#ALL].
    private static final List<Message> MESSAGES = List.of(
            Change.getDefaultInstance(),
            Event.getDefaultInstance(),
            Samples.getDefaultInstance(),
            Plan.getDefaultInstance(),
            Operation.getDefaultInstance(),
            Arm.getDefaultInstance(),
            OperationSpec.getDefaultInstance(),
            Failover.getDefaultInstance(),
            Fault.getDefaultInstance(),
            Lattice.getDefaultInstance(),
            PeerOrder.getDefaultInstance(),
            PeerAnswer.getDefaultInstance(),
            PeerFlow.getDefaultInstance(),
            PeerNodeLoad.getDefaultInstance(),
            MachineReport.getDefaultInstance(),
            ModelInferResponse.getDefaultInstance());
    private static final List<String> TEXTS = List.of(
            "# TYPE a counter\na_total{x=\"y\\n\"} 1 17\nb_bucket{le=\"+Inf\"} 3\n",
            "DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"GPU-1\",modelName=\"H100\"} 41\nDCGM_FI_DEV_POWER_USAGE{gpu=\"0\"} 9\n",
            "vllm:num_requests_running{engine=\"0\",model_name=\"m\"} 3.0\nvllm:kv_cache_usage_perc 0.25\n",
            "0, GPU-1, 41, 55, 31.2, 700, 80000, 1000, 0, 0, 1, 2, Default, Disabled, 0x0, NVIDIA H100\nNo devices\n",
            "{\"version\":\"0.9\",\"data\":[{\"id\":\"m\"}],\"choices\":[{\"text\":\"hello\"}]}",
            """
            {"node":"regions/eu/sites/par-1/nodes/n1","lattice":"lattices/test","address":"127.0.0.1:7701",
             "instance":"i-1","contract":"1.6","accelerators":{"product":"NVIDIA H100","count":8,"memoryBytes":8e10,
             "powerLimitWatts":700,"processors":false},"replicas":["minilm"],"leaving":false}
            """,
            "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.68,374,44\n",
            """
            role: node
            lattice: test
            node: regions/eu/sites/par-1/nodes/n1
            listen: 127.0.0.1:7701
            engine: {kind: vllm, address: '127.0.0.1:8000'}
            models: [{code: minilm}]
            """);

    @TempDir
    private Path folder;

    private List<byte[]> samples() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Vocabulary words = new Vocabulary();
        for (String name : List.of(
                "regions/eu/sites/par-1/nodes/n1",
                "regions/eu/sites/par-1",
                "regions/eu",
                "models/minilm",
                "gateways/eu",
                "operations/op-1",
                "regions/eu/routes/minilm",
                "faults/f-1")) {
            words.say("name", name);
            words.say("targets", name);
        }
        MessageMaker maker = new MessageMaker(words);
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; i < MESSAGES.size(); i++) {
            for (int n = 0; n < EACH; n++) {
                samples.add(input(i, maker.like(MESSAGES.get(i), random).toByteArray()));
            }
        }
        for (int i = 0; i < TEXTS.size(); i++) {
            samples.add(input(MESSAGES.size() + i, TEXTS.get(i).getBytes(StandardCharsets.UTF_8)));
        }
        Path pki = folder.resolve("pki");
        DevelopmentAuthority.create(pki, Instant.now());
        String pem = Files.readString(pki.resolve("ca.pem"))
                + Files.readString(pki.resolve("ca.key"))
                + Files.readString(pki.resolve("crl.pem"));
        samples.add(input(MESSAGES.size() + TEXTS.size(), pem.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Decoders.ALL.size(), MESSAGES.size() + TEXTS.size() + 1);
        return samples;
    }

    private static byte[] input(int decoder, byte[] sample) {
        byte[] input = new byte[Math.min(LARGEST, sample.length + 1)];
        input[0] = (byte) decoder;
        System.arraycopy(sample, 0, input, 1, input.length - 1);
        return input;
    }

    @Test
    void damagedSamplesAreRefusedAsDocumented() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (byte[] sample : samples()) {
            Decoders.fuzzerTestOneInput(sample);
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] damaged = Mutation.of(sample, random);
                if (damaged.length > 0) {
                    damaged[0] = sample[0];
                }
                Decoders.fuzzerTestOneInput(damaged);
            }
        }
    }

    @Test
    void nothingThatCoverageLeadsToIsThrownBeyondWhatIsDocumented() throws Exception {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (byte[] sample : samples()) {
            Files.write(corpus.resolve("sample-" + number++), sample);
        }
        Path log = folder.resolve("jazzer.log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Decoders.class.getName(),
                        "--instrumentation_includes=io.latticeconsole.**",
                        "--instrumentation_excludes=io.latticeconsole.proto.**",
                        "-max_total_time=" + (SECONDS > 0 ? SECONDS : MOST_SECONDS),
                        "-runs=" + (SECONDS > 0 ? -1 : RUNS),
                        "-max_len=" + LARGEST,
                        "-timeout=25",
                        // It would take the peak of the process that started it for its own; -Xmx is the limit.
                        "-rss_limit_mb=0",
                        "-seed=" + SEED,
                        "-artifact_prefix=" + folder + "/",
                        corpus.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = jazzer.waitFor();
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertEquals(0, exit, () -> said.substring(Math.max(0, said.length() - 6000)));
        assertTrue(said.contains("Done "), said);
    }
}
