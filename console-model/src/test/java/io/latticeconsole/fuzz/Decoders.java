package io.latticeconsole.fuzz;

import io.latticeconsole.agent.config.ConfigProblem;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.discovery.ForeignRegistrations;
import io.latticeconsole.agent.engine.AnswerCheck;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.vllm.ForeignScrapes;
import io.latticeconsole.agent.node.ReportCodec;
import io.latticeconsole.agent.telemetry.ForeignTables;
import io.latticeconsole.agent.text.PrometheusText;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.FailoverCodec;
import io.latticeconsole.codec.FaultCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.OperationCodec;
import io.latticeconsole.codec.OrderCodec;
import io.latticeconsole.codec.PlanCodec;
import io.latticeconsole.codec.SamplesFromProto;
import io.latticeconsole.codec.SpecCodec;
import io.latticeconsole.codec.TrafficCodec;
import io.latticeconsole.drill.sim.Trace;
import io.latticeconsole.lattice.GatewayId;
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
import io.latticeconsole.security.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Whatever reads bytes that others wrote. The first byte of an input says which of them reads the rest.
public final class Decoders {
    private static final Cursor AT = Cursor.at("M");
    private static final GatewayId PEER = new GatewayId("gateways/eu");

    /// May throw what it documents, and nothing else.
    interface Decoder {
        void read(byte[] bytes) throws Exception;
    }

    static final List<Decoder> ALL = List.of(
            b -> FactCodec.fromProto(Change.parseFrom(b), AT),
            b -> FactCodec.fromProto(Event.parseFrom(b), AT),
            b -> SamplesFromProto.samples(Samples.parseFrom(b)),
            b -> PlanCodec.fromProto(Plan.parseFrom(b), AT),
            b -> OperationCodec.fromProto(Operation.parseFrom(b), AT),
            b -> OperationCodec.fromProto(Arm.parseFrom(b), AT),
            b -> SpecCodec.fromProto(OperationSpec.parseFrom(b), AT),
            b -> FailoverCodec.fromProto(Failover.parseFrom(b), AT),
            b -> FaultCodec.fromProto(Fault.parseFrom(b), AT),
            b -> EndpointCodec.fromProto(Lattice.parseFrom(b), AT),
            b -> OrderCodec.fromProto(PeerOrder.parseFrom(b), AT),
            b -> OrderCodec.fromProto(PeerAnswer.parseFrom(b), PEER, AT),
            b -> TrafficCodec.flow(PeerFlow.parseFrom(b), AT),
            b -> TrafficCodec.load(PeerNodeLoad.parseFrom(b), AT),
            b -> ReportCodec.fromProto(MachineReport.parseFrom(b), 0, 0),
            b -> AnswerCheck.require("the engine", ModelInferResponse.parseFrom(b)),
            b -> PrometheusText.parse(text(b)),
            b -> ForeignTables.dcgm(text(b)),
            b -> ForeignScrapes.read(text(b)),
            b -> ForeignTables.smi(text(b)),
            b -> ForeignScrapes.answer(text(b)),
            b -> ForeignRegistrations.read(text(b)),
            Decoders::trace,
            b -> ConfigReader.read(file(b)),
            Decoders::tls);

    private Decoders() {}

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void trace(byte[] bytes) {
        try {
            Trace.parse("trace.csv", text(bytes).lines().toList());
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).contains("trace.csv")) {
                throw e;
            }
        }
    }

    private static void tls(byte[] bytes) throws IOException {
        Path all = file(bytes);
        var _ = new TlsFiles(all, all, all, all).read();
    }

    private static Path file(byte[] bytes) {
        try {
            return Files.write(Scratch.FILE, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Scratch {
        static final Path FILE = make();

        private static Path make() {
            try {
                Path file = Files.createTempFile("decoders-", ".tmp");
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// What Jazzer calls again and again.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length > 0) {
            read(Byte.toUnsignedInt(input[0]) % ALL.size(), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    static void read(int decoder, byte[] bytes) throws Exception {
        try {
            ALL.get(decoder).read(bytes);
        } catch (MalformedMessage | ConfigProblem | EngineProblem | IOException expected) {
            // said what is wrong
        }
    }
}
