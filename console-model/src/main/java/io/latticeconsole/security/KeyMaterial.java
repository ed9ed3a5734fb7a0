package io.latticeconsole.security;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate, key and authorities of one party, as its files have them now.
///
/// The files are looked at whenever a connection is made, and once a second while calls come, and read again
/// when they have changed: renewing a certificate needs no restart and ends no stream. Files that cannot be used
/// are told in the log once, and what was read before goes on. Any thread; reading is a few small files.
public final class KeyMaterial {
    private static final long LOOK_EVERY_NANOS = 1_000_000_000;
    private static final System.Logger LOG = System.getLogger(KeyMaterial.class.getName());

    /// What tells one state of a file from another.
    private record Stamp(
            @Nullable FileTime modified,
            long size,
            @Nullable Object file) {
        static Stamp of(Path path) {
            try {
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
            } catch (IOException e) {
                return new Stamp(null, -1, null);
            }
        }

        static List<Stamp> of(TlsFiles files) {
            Path revoked = files.revoked();
            List<Stamp> stamps =
                    new ArrayList<>(List.of(of(files.certificate()), of(files.key()), of(files.authorities())));
            if (revoked != null) {
                stamps.add(of(revoked));
            }
            return stamps;
        }
    }

    private final TlsFiles files;
    private List<Stamp> stamps;
    private volatile Loaded current;
    private volatile Loaded former;
    private volatile long looked = System.nanoTime();

    KeyMaterial(TlsFiles files) throws IOException {
        this.files = files;
        stamps = Stamp.of(files);
        current = Loaded.read(files, 1);
        former = current;
    }

    /// For a server that asks everyone for a certificate.
    public ServerCredentials serverCredentials() {
        return TlsServerCredentials.newBuilder()
                .keyManager(new CurrentKey(this))
                .trustManager(new CurrentTrust(this))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    /// For a client, which shows its certificate and checks the server's, name included.
    public ChannelCredentials channelCredentials() {
        return TlsChannelCredentials.newBuilder()
                .keyManager(new CurrentKey(this))
                .trustManager(new CurrentTrust(this))
                .build();
    }

    /// For servers and clients that are not gRPC's.
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new CurrentKey(this)}, new TrustManager[] {new CurrentTrust(this)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /// Whom the certificate names.
    public Identity identity() {
        return Identity.of(now().chain().getFirst());
    }

    /// When the certificate ends.
    public Instant expires() {
        return now().chain().getFirst().getNotAfter().toInstant();
    }

    /// Counts how often the files were read. Cheap enough for every call: they are looked at once a second.
    public int generation() {
        if (System.nanoTime() - looked >= LOOK_EVERY_NANOS) {
            now();
        }
        return current.generation();
    }

    /// When an authority removed a certificate of that chain, empty if none did.
    public Optional<Instant> removed(List<X509Certificate> chain) {
        return now().revoked().when(chain);
    }

    /// Whether a client with that chain would be let in now: its authority is believed and nothing has ended.
    public boolean trusts(List<X509Certificate> chain) {
        try {
            X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
            now().checkClient(shown, chain.getFirst().getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a certificate that is not believed any more", e);
            return false;
        }
    }

    /// What was read under an alias, if it is not too old.
    @Nullable
    Loaded of(@Nullable String alias) {
        Loaded newest = current;
        Loaded before = former;
        return newest.alias().equals(alias) ? newest : before.alias().equals(alias) ? before : null;
    }

    /// What the files hold now.
    synchronized Loaded now() {
        looked = System.nanoTime();
        List<Stamp> found = Stamp.of(files);
        if (!found.equals(stamps)) {
            stamps = found;
            try {
                Loaded next = Loaded.read(files, current.generation() + 1);
                former = current;
                current = next;
                LOG.log(
                        System.Logger.Level.INFO,
                        "read again: the certificate in {0}, which ends {1}",
                        files.certificate(),
                        next.chain().getFirst().getNotAfter().toInstant());
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "what was read before goes on: " + e.getMessage());
            }
        }
        return current;
    }
}
