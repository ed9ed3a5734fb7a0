package io.latticeconsole.server;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.latticeconsole.security.Identity;
import io.latticeconsole.security.KeyMaterial;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Whom the certificates of open connections name. A connection lives longer than a handshake: its
/// certificate may end, or its authority be taken away, meanwhile. Any thread.
final class Certificates extends ServerTransportFilter {
    private record Seen(Identity identity, List<X509Certificate> chain, int generation) {}

    /// What one connection showed. Sessions are no keys for a map: all of TLS 1.3 may have one id.
    private static final class Shown {
        final SSLSession session;
        volatile @Nullable Seen seen;

        Shown(SSLSession session) {
            this.session = session;
        }
    }

    private static final Attributes.Key<Shown> SHOWN = Attributes.Key.create("lattice-certificate");

    private final KeyMaterial material;

    Certificates(KeyMaterial material) {
        this.material = material;
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        SSLSession session = transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        return session == null
                ? transport
                : transport.toBuilder().set(SHOWN, new Shown(session)).build();
    }

    /// @throws io.latticeconsole.endpoint.OrderRefused if there is no certificate, it names nobody, or it is
    ///     not believed any more
    Identity identity(Attributes connection) {
        Shown shown = connection.get(SHOWN);
        if (shown == null) {
            throw Refusals.refused(
                    Status.Code.UNAUTHENTICATED, "CERTIFICATE_REQUIRED", "the endpoint asks for TLS and a certificate");
        }
        int generation = material.generation();
        Seen known = shown.seen;
        if (known == null || known.generation() != generation || hasEnded(known)) {
            known = look(shown.session, generation);
            shown.seen = known;
        }
        return known.identity();
    }

    private static boolean hasEnded(Seen known) {
        return known.chain().getFirst().getNotAfter().toInstant().isBefore(Instant.now());
    }

    private Seen look(SSLSession session, int generation) {
        List<X509Certificate> chain = chain(session);
        Identity identity = Identity.of(chain.getFirst());
        if (identity.name().isEmpty()) {
            throw Refusals.refused(
                    Status.Code.UNAUTHENTICATED,
                    "CERTIFICATE_WITHOUT_NAME",
                    "the certificate of '" + chain.getFirst().getSubjectX500Principal()
                            + "' names nobody: expected a common name (CN) of 1 to 64 printable ASCII characters "
                            + "without spaces");
        }
        Optional<Instant> removed = material.removed(chain);
        if (removed.isPresent()) {
            throw Refusals.refused(
                    Status.Code.UNAUTHENTICATED,
                    "CERTIFICATE_REVOKED",
                    "the certificate of " + identity.name() + " was removed by its authority at " + removed.get(),
                    identity.name());
        }
        if (!material.trusts(chain)) {
            throw Refusals.refused(
                    Status.Code.UNAUTHENTICATED,
                    "CERTIFICATE_NOT_BELIEVED",
                    "the certificate of " + identity.name() + ", which ends "
                            + chain.getFirst().getNotAfter().toInstant()
                            + ", is over or from an authority that this endpoint does not believe any more",
                    identity.name());
        }
        return new Seen(identity, chain, generation);
    }

    private static List<X509Certificate> chain(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            var refused = Refusals.refused(
                    Status.Code.UNAUTHENTICATED,
                    "CERTIFICATE_REQUIRED",
                    "the connection was made without a certificate");
            refused.initCause(e);
            throw refused;
        }
    }
}
