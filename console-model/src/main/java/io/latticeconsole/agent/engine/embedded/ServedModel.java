package io.latticeconsole.agent.engine.embedded;

import io.grpc.Status;
import io.grpc.StatusException;
import io.latticeconsole.agent.engine.EngineModel.State;
import io.latticeconsole.proto.inference.ModelRepositoryParameter;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// The one model of an embedded engine and its versions by name; finds what a request means, or refuses it.
record ServedModel(String name, NavigableMap<String, ServedVersion> versions) {
    /// The version of the parameter, or all.
    List<ServedVersion> named(String asked, Map<String, ModelRepositoryParameter> parameters) throws StatusException {
        ModelRepositoryParameter version = parameters.get("version");
        return version == null || version.getStringParam().isEmpty()
                ? List.copyOf(known(asked).values())
                : List.of(chosen(asked, version.getStringParam()));
    }

    private NavigableMap<String, ServedVersion> known(String asked) throws StatusException {
        if (!asked.equals(name)) {
            throw refusal(Status.NOT_FOUND, "model " + asked + " is not here, only " + name);
        }
        return versions;
    }

    /// The named version; where none is named, the newest that is ready.
    String chosenName(String asked, String version) throws StatusException {
        known(asked);
        if (!version.isEmpty()) {
            return version;
        }
        for (String candidate : versions.descendingKeySet()) {
            if (chosen(asked, candidate).state() == State.READY) {
                return candidate;
            }
        }
        throw refusal(Status.UNAVAILABLE, "no version of " + name + " is loaded");
    }

    ServedVersion chosen(String asked, String version) throws StatusException {
        @Nullable ServedVersion found = known(asked).get(version.isEmpty() ? chosenName(asked, version) : version);
        if (found == null) {
            throw refusal(
                    Status.NOT_FOUND, name + " has no version " + version + ", only " + versions.navigableKeySet());
        }
        return found;
    }

    static StatusException refusal(Status status, String message) {
        return status.withDescription(message).asException();
    }
}
