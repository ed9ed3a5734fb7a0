package io.latticeconsole.wire;

import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.store.LinkState;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why TLS did not come about, as a sentence that says whose file has to change.
final class TlsProblem {
    private record Case(List<String> texts, String sentence) {}

    /// What errors of either side say, and what it means when this console speaks TLS. The first that fits
    /// counts.
    private static final List<Case> CASES = List.of(
            new Case(
                    List.of("no subject alternative", "no name matching", "hostname", "doesn't match"),
                    "shows a certificate for another name: connect under the name that is in it, or have one issued "
                            + "for this name"),
            new Case(
                    List.of("not an ssl/tls record", "wrong_version_number", "plaintext connection"),
                    "speaks plaintext, this console TLS: leave out --tls-ca, --tls-cert and --tls-key, or give the "
                            + "endpoint a certificate"),
            new Case(
                    List.of("certificate_revoked"),
                    "refuses this console's certificate: its authority has removed it; have another one issued"),
            // BoringSSL calls an authority that the other side does not believe an internal error.
            new Case(
                    List.of(
                            "alert_unknown_ca",
                            "alert_certificate_unknown",
                            "alert_bad_certificate",
                            "alert_internal_error",
                            "(unknown_ca)",
                            "(certificate_unknown)",
                            "(bad_certificate)"),
                    "refuses this console's certificate: it is from an authority that the endpoint does not believe"),
            new Case(
                    List.of("certificate_required", "handshake_failure"),
                    "wants another certificate of this console than that of --tls-cert"));

    private TlsProblem() {}

    /// Null if the failure has nothing to do with TLS.
    static @Nullable Problem of(
            String address, KeyMaterial key, @Nullable Throwable cause, String lowerCaseTexts, Instant now) {
        if (caused(cause, CertificateExpiredException.class)) {
            return problem(address, "shows a certificate that is over: it has to be renewed there");
        }
        if (caused(cause, CertificateRevokedException.class)) {
            return problem(address, "shows a certificate that its authority has removed");
        }
        if (caused(cause, CertificateNotYetValidException.class)) {
            return problem(address, "shows a certificate that is not valid yet: compare the clocks");
        }
        if (caused(cause, CertPathBuilderException.class) || caused(cause, CertPathValidatorException.class)) {
            return problem(
                    address,
                    "shows a certificate of an authority that this console does not believe: see the file of --tls-ca");
        }
        if (key.expires().isBefore(now) && lowerCaseTexts.contains("alert")) {
            return problem(address, "refuses this console's certificate: it is over; renew the file of --tls-cert");
        }
        for (Case one : CASES) {
            if (one.texts().stream().anyMatch(lowerCaseTexts::contains)) {
                return problem(address, one.sentence());
            }
        }
        return lowerCaseTexts.contains("ssl") ? problem(address, "and this console cannot agree on TLS") : null;
    }

    private static Problem problem(String address, String sentence) {
        return new Problem(LinkState.INCOMPATIBLE, address + " " + sentence);
    }

    private static boolean caused(@Nullable Throwable cause, Class<? extends Throwable> type) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
