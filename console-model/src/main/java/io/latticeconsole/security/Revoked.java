package io.latticeconsole.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What authorities have removed before its end, by their revocation lists. An authority without a list has
/// removed nothing, and a list counts until a newer one takes its place, however old it is.
record Revoked(List<X509CRL> lists) {
    static final Revoked NOTHING = new Revoked(List.of());

    Revoked {
        lists = List.copyOf(lists);
    }

    /// Reads a file of lists, each signed by one of the authorities.
    static Revoked read(Path file, List<X509Certificate> authorities) throws IOException {
        List<X509CRL> lists = Pem.revocations(file);
        for (X509CRL list : lists) {
            if (authorities.stream().noneMatch(authority -> isBy(list, authority))) {
                throw new IOException(file + ": its list of " + list.getIssuerX500Principal()
                        + " is not signed by an authority that is believed here");
            }
        }
        return new Revoked(lists);
    }

    private static boolean isBy(X509CRL list, X509Certificate authority) {
        if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            System.getLogger(Revoked.class.getName())
                    .log(System.Logger.Level.DEBUG, "a revocation list that its authority did not sign", e);
            return false;
        }
    }

    private @Nullable X509CRLEntry entry(X509Certificate certificate) {
        for (X509CRL list : lists) {
            X509CRLEntry entry = list.getRevokedCertificate(certificate);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /// When one of a chain was removed.
    Optional<Instant> when(List<X509Certificate> chain) {
        for (X509Certificate certificate : chain) {
            X509CRLEntry entry = entry(certificate);
            if (entry != null) {
                return Optional.of(entry.getRevocationDate().toInstant());
            }
        }
        return Optional.empty();
    }

    /// @throws CertificateRevokedException if one of a chain was removed; TLS tells the other side so
    void requireNone(X509Certificate[] chain) throws CertificateRevokedException {
        Optional<Instant> when = when(List.of(chain));
        if (when.isPresent()) {
            throw new CertificateRevokedException(
                    Date.from(when.get()), CRLReason.UNSPECIFIED, chain[0].getIssuerX500Principal(), Map.of());
        }
    }
}
