package io.latticeconsole.agent.gateway;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.proto.v1.GetMachineRequest;
import io.latticeconsole.proto.v1.Machine;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.security.Expiry;
import io.latticeconsole.server.Lane;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Finds out why a machine that answers is not heard, such as a certificate that is over, and when the certificate ends
/// that it shows. All but the callbacks of gRPC on the gateway's lane.
final class NodeCheck {
    /// How often a machine that is not heard is asked why, and one that is heard to show its certificate.
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final long OFTEN_ENOUGH_NANOS = Duration.ofHours(1).toNanos();
    private static final int ANSWER_SECONDS = 5;

    /// Takes what is found; on the lane.
    interface Findings {
        void found(String type, Severity severity, String sentence);
    }

    private final NodeLink link;
    private final Lane lane;
    private final InstantSource wall;
    private final Findings findings;
    private boolean asking;
    private boolean asked;
    private long askedAt;
    private String told = "";
    private Expiry expiry = Expiry.FAR;

    NodeCheck(NodeLink link, Lane lane, InstantSource wall, Findings findings) {
        this.link = link;
        this.lane = lane;
        this.wall = wall;
        this.findings = findings;
    }

    /// Asks if it is time.
    void turn() {
        boolean heard = link.isHeard();
        boolean due = !heard || !asked || System.nanoTime() - askedAt > OFTEN_ENOUGH_NANOS;
        if (due && !asking) {
            asking = true;
            asked = heard;
            askedAt = System.nanoTime();
            ask();
        }
    }

    private void ask() {
        ClientCall<GetMachineRequest, Machine> call = link.channel()
                .newCall(
                        NodeServiceGrpc.getGetMachineMethod(),
                        CallOptions.DEFAULT.withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        Instant ends = ends(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
                        lane.execute(() -> over(status, ends));
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(GetMachineRequest.getDefaultInstance());
        call.halfClose();
    }

    private void over(Status status, @Nullable Instant ends) {
        asking = false;
        String why = why(status);
        if (!why.equals(told)) {
            told = why;
            if (!why.isEmpty()) {
                findings.found(
                        "AGENT_NOT_HEARD",
                        Severity.HIGH,
                        "the agent at " + link.channel().authority() + " " + why);
            }
        }
        if (ends != null) {
            Expiry now = Expiry.of(ends, wall.instant());
            if (now.compareTo(expiry) > 0) {
                findings.found(
                        "CERTIFICATE_ENDS",
                        severity(now),
                        "the certificate of the agent at " + link.channel().authority() + " ends " + ends);
            }
            expiry = now;
        }
    }

    /// How loud the nearness of an end is.
    static Severity severity(Expiry expiry) {
        return switch (expiry) {
            case FAR -> Severity.INFO;
            case MONTH -> Severity.LOW;
            case WEEK -> Severity.MEDIUM;
            case DAY -> Severity.HIGH;
            case OVER -> Severity.CRITICAL;
        };
    }

    /// Empty where it answers, and where simply nobody is there: the node is down then, which is told already.
    private static String why(Status status) {
        return switch (status.getCode()) {
            case PERMISSION_DENIED, UNAUTHENTICATED -> "refuses this gateway: " + status.getDescription();
            case UNIMPLEMENTED -> "is no agent";
            case UNAVAILABLE -> tls(status.getCause());
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    DEADLINE_EXCEEDED,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    INTERNAL,
                    DATA_LOSS -> "";
        };
    }

    /// Empty where no cause has to do with TLS.
    private static String tls(@Nullable Throwable cause) {
        boolean secure = false;
        String innermost = "";
        for (Throwable t = cause; t != null; t = t.getCause()) {
            switch (t) {
                case CertificateExpiredException _ -> {
                    return "shows a certificate that is over: it has to be renewed there";
                }
                case CertificateRevokedException _ -> {
                    return "shows a certificate that its authority has removed";
                }
                case CertPathValidatorException _, CertPathBuilderException _ -> {
                    if (t.getCause() == null) {
                        return "shows a certificate of an authority that this gateway does not believe";
                    }
                }
                default -> secure |= t instanceof SSLException || t instanceof GeneralSecurityException;
            }
            innermost = t.getMessage() == null ? innermost : t.getMessage();
        }
        return secure ? "and this gateway cannot agree on TLS: " + innermost : "";
    }

    private static @Nullable Instant ends(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate shown
                    ? shown.getNotAfter().toInstant()
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            System.getLogger(NodeCheck.class.getName())
                    .log(System.Logger.Level.DEBUG, "an answer over a session without a certificate", e);
            return null;
        }
    }
}
