package io.latticeconsole.agent.gateway;

import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.OperationCodec;
import io.latticeconsole.coordination.Coordinator;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.proto.v1.ListOperationsResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations of a coordinator, kept over its restart: those that had ended stay to be read, and what was under way
/// is known to have been cut short. Gateway's lane but for [#close].
final class KeptOperations implements AutoCloseable {
    /// How often a change is looked for: progress is published as often.
    static final Duration EVERY = Duration.ofMillis(250);

    private final KeptFile file;
    private final @Nullable Coordinator coordinator;
    private long written;

    /// Those of a gateway in a folder. Nothing is kept where either is missing.
    KeptOperations(@Nullable Path folder, GatewayId gateway, @Nullable Coordinator coordinator) {
        this.file = new KeptFile(folder, gateway.code() + "-operations.pb");
        this.coordinator = coordinator;
    }

    /// Gives the coordinator what was written last. Why nothing is known of it, in a sentence; empty if that is well.
    String recall() {
        Coordinator to = coordinator;
        if (to == null) {
            return "";
        }
        try {
            byte[] bytes = file.read();
            List<Operation> all = new ArrayList<>();
            if (bytes != null) {
                Cursor at = Cursor.at(file.toString());
                for (var message : ListOperationsResponse.parseFrom(bytes).getOperationsList()) {
                    all.add(OperationCodec.fromProto(message, at));
                }
            }
            to.recall(all);
            return "";
        } catch (IOException | MalformedMessage e) {
            return "operations of before the restart cannot be read from " + file + ": " + e.getMessage();
        }
    }

    /// Writes them if something has changed.
    void keep() {
        Coordinator of = coordinator;
        if (of == null || of.revision() == written || !file.isKept()) {
            return;
        }
        written = of.revision();
        List<Operation> all = of.operations();
        file.write(() -> {
            ListOperationsResponse.Builder message = ListOperationsResponse.newBuilder();
            all.forEach(o -> message.addOperations(OperationCodec.toProto(o)));
            return message.build().toByteArray();
        });
    }

    @Override
    public void close() {
        file.close();
    }
}
