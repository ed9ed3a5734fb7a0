package io.latticeconsole.agent.metrics;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import io.latticeconsole.security.Access;
import io.latticeconsole.security.Identity;
import io.latticeconsole.security.KeyMaterial;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Who may read the page of metrics over TLS: whoever has a role that may watch, by certificate.
final class Scrapers extends Authenticator {
    private static final int FORBIDDEN = 403;

    private final KeyMaterial material;

    Scrapers(KeyMaterial material) {
        this.material = material;
    }

    /// Connections that everybody shows a certificate on.
    HttpsConfigurator connections() {
        return new HttpsConfigurator(material.context()) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setNeedClientAuth(true);
                connection.setSSLParameters(parameters);
            }
        };
    }

    @Override
    public Result authenticate(HttpExchange exchange) {
        try {
            if (exchange instanceof HttpsExchange secure) {
                List<X509Certificate> chain = Arrays.stream(
                                secure.getSSLSession().getPeerCertificates())
                        .map(X509Certificate.class::cast)
                        .toList();
                Identity identity = Identity.of(chain.getFirst());
                boolean may = !Collections.disjoint(identity.roles(), Access.to(Access.METRICS));
                if (may && !identity.name().isEmpty() && material.removed(chain).isEmpty() && material.trusts(chain)) {
                    return new Success(new HttpPrincipal(identity.name(), "lattice"));
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            System.getLogger(Scrapers.class.getName())
                    .log(System.Logger.Level.DEBUG, "a scrape without a certificate", e);
        }
        return new Failure(FORBIDDEN);
    }
}
