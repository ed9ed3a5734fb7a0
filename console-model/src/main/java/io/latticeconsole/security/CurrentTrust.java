package io.latticeconsole.security;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Believes the authorities that the files hold when a connection is made, but not what they have removed.
final class CurrentTrust extends X509ExtendedTrustManager {
    private final KeyMaterial material;

    CurrentTrust(KeyMaterial material) {
        this.material = material;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        Loaded now = material.now();
        now.trust().checkClientTrusted(chain, authType, socket);
        now.revoked().requireNone(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        Loaded now = material.now();
        now.trust().checkServerTrusted(chain, authType, socket);
        now.revoked().requireNone(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Loaded now = material.now();
        now.trust().checkClientTrusted(chain, authType, engine);
        now.revoked().requireNone(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Loaded now = material.now();
        now.trust().checkServerTrusted(chain, authType, engine);
        now.revoked().requireNone(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Loaded now = material.now();
        now.trust().checkClientTrusted(chain, authType);
        now.revoked().requireNone(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Loaded now = material.now();
        now.trust().checkServerTrusted(chain, authType);
        now.revoked().requireNone(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return material.now().trust().getAcceptedIssuers();
    }
}
