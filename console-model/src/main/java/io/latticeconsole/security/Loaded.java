package io.latticeconsole.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// What TLS files held when they were read for the `generation`th time.
record Loaded(
        int generation, List<X509Certificate> chain, PrivateKey key, X509ExtendedTrustManager trust, Revoked revoked) {
    /// Names the key among those of other generations.
    String alias() {
        return "generation-" + generation;
    }

    static Loaded read(TlsFiles files, int generation) throws IOException {
        List<X509Certificate> chain = Pem.certificates(files.certificate());
        PrivateKey key = Pem.key(files.key());
        if (!belong(key, chain.getFirst().getPublicKey())) {
            throw new IOException(files.key() + " is not the key of the first certificate in " + files.certificate());
        }
        List<X509Certificate> authorities = Pem.certificates(files.authorities());
        Path lists = files.revoked();
        return new Loaded(
                generation,
                List.copyOf(chain),
                key,
                trust(files.authorities(), authorities),
                lists == null ? Revoked.NOTHING : Revoked.read(lists, authorities));
    }

    void checkClient(X509Certificate[] shown, String authType) throws CertificateException {
        trust.checkClientTrusted(shown, authType);
        revoked.requireNone(shown);
    }

    private static boolean belong(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case String other -> other;
        };
        byte[] probe = {1, 2, 3};
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certified);
            verifying.update(probe);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            System.getLogger(Loaded.class.getName())
                    .log(System.Logger.Level.DEBUG, "key and certificate are of different kinds", e);
            return false;
        }
    }

    private static X509ExtendedTrustManager trust(Path authorities, List<X509Certificate> all) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : all) {
                if (authority.getBasicConstraints() < 0) {
                    throw new IOException(authorities + ": '" + authority.getSubjectX500Principal()
                            + "' in it is no authority; expected certificates of authorities");
                }
                store.setCertificateEntry("authority-" + number++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IOException("this Java has no PKIX trust manager");
        } catch (GeneralSecurityException e) {
            throw new IOException(authorities + ": its authorities cannot be used", e);
        }
    }
}
