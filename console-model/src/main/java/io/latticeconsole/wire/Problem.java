package io.latticeconsole.wire;

import io.grpc.Status;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.store.LinkState;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is wrong with a link, as a sentence for the operator.
record Problem(LinkState link, String sentence) {
    /// Why a call or stream to that address failed; over TLS if there is a `key`.
    static Problem of(String address, @Nullable KeyMaterial key, Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String said = Objects.requireNonNullElse(status.getDescription(), "");
        return switch (status.getCode()) {
            case UNIMPLEMENTED -> unimplemented(address, said);
            case DEADLINE_EXCEEDED -> new Problem(LinkState.LOST, address + " did not answer in time");
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Problem(LinkState.INCOMPATIBLE, address + " refuses: " + said);
            case UNAVAILABLE, UNKNOWN, INTERNAL, CANCELLED -> broken(address, key, status, said);
            default ->
                new Problem(
                        LinkState.LOST, address + " answers " + status.getCode() + (said.isEmpty() ? "" : ": " + said));
        };
    }

    /// Why the first question to that address failed: there, a connection that just closes has a likely cause.
    static Problem ofFirstAnswer(String address, @Nullable KeyMaterial key, Throwable failure) {
        Problem problem = of(address, key, failure);
        return key == null && problem.sentence().contains("Network closed")
                ? new Problem(
                        problem.link(),
                        address + " closes the connection without an answer: it may speak TLS, this console speaks"
                                + " plaintext, or it is no lattice")
                : problem;
    }

    /// What another version of the contract means; null if it can be spoken.
    static @Nullable Problem ofVersion(String address, String version) {
        String ours = EndpointInfo.CONTRACT.substring(0, EndpointInfo.CONTRACT.indexOf('.') + 1);
        return (version + ".").startsWith(ours)
                ? null
                : new Problem(
                        LinkState.INCOMPATIBLE,
                        address + " speaks version " + (version.isEmpty() ? "(none)" : version)
                                + " of the contract, this console version " + EndpointInfo.CONTRACT);
    }

    private static Problem unimplemented(String address, String said) {
        boolean http = said.contains("HTTP status code");
        return new Problem(
                LinkState.INCOMPATIBLE,
                http
                        ? address + " answers HTTP, but is no lattice"
                        : address + " answers gRPC, but is no lattice: it does not serve lattice.v1");
    }

    private static Problem broken(String address, @Nullable KeyMaterial key, Status status, String said) {
        String all = (said + " " + causes(status.getCause())).toLowerCase(Locale.ROOT);
        if (isCausedBy(status.getCause(), UnknownHostException.class) || all.contains("unable to resolve host")) {
            return new Problem(
                    LinkState.LOST, "the host of " + address + " is unknown: check the name or the name service");
        }
        if (isCausedBy(status.getCause(), ConnectException.class) || all.contains("connection refused")) {
            return new Problem(LinkState.LOST, address + " refuses the connection: nothing listens there");
        }
        if (key != null) {
            Problem tls = TlsProblem.of(address, key, status.getCause(), all, Instant.now());
            if (tls != null) {
                return tls;
            }
        }
        // Bytes that came where HTTP/2 settings were expected: a TLS alert, or the text HTTP.
        if (all.contains("hex dump") && (all.contains("bytes: 15030") || all.contains("bytes: 16030"))) {
            return new Problem(
                    LinkState.INCOMPATIBLE,
                    address + " wants to speak TLS, this console speaks plaintext: give it --tls-ca,"
                            + " --tls-cert and --tls-key");
        }
        if (all.contains("bytes: 485454502f") || all.contains("http status code") || all.contains("content-type")) {
            return new Problem(LinkState.INCOMPATIBLE, address + " answers HTTP, but is no lattice");
        }
        if (all.contains("first received frame was not settings")) {
            return new Problem(LinkState.INCOMPATIBLE, address + " answers, but not in HTTP/2: it is no lattice");
        }
        return new Problem(
                LinkState.LOST, "the connection to " + address + " broke" + (said.isEmpty() ? "" : ": " + said));
    }

    private static String causes(@Nullable Throwable cause) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = cause; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append(' ');
        }
        return all.toString();
    }

    private static boolean isCausedBy(@Nullable Throwable cause, Class<? extends Throwable> type) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
