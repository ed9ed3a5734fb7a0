package io.latticeconsole.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads PEM files. Every failure is an [IOException] that names the file and what is wrong, and never what
/// is in it.
final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final long LARGEST = 1 << 20;

    private record Block(Path file, String label, String base64) {
        byte[] bytes() throws IOException {
            try {
                return Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": its block BEGIN " + label + " is not Base64", e);
            }
        }
    }

    private Pem() {}

    /// The certificates in a file, in their order, at least one.
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.label().equals("CERTIFICATE")) {
                try {
                    found.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException e) {
                    throw new IOException(file + ": certificate " + (found.size() + 1) + " in it is damaged", e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + " has no certificate; expected a block BEGIN CERTIFICATE");
        }
        return found;
    }

    /// The revocation lists in a file, at least one.
    static List<X509CRL> revocations(Path file) throws IOException {
        List<X509CRL> found = new ArrayList<>();
        for (Block block : blocks(file)) {
            if (block.label().equals("X509 CRL")) {
                try {
                    found.add((X509CRL) CertificateFactory.getInstance("X.509")
                            .generateCRL(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException | CRLException e) {
                    throw new IOException(file + ": revocation list " + (found.size() + 1) + " in it is damaged", e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + " has no revocation list; expected a block BEGIN X509 CRL");
        }
        return found;
    }

    /// The private key in a file.
    static PrivateKey key(Path file) throws IOException {
        for (Block block : blocks(file)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(file, block.bytes());
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IOException(
                            file + " is encrypted; expected a key without a passphrase that only its owner can read");
                case "EC PRIVATE KEY", "RSA PRIVATE KEY" ->
                    throw new IOException(file + " is a key of an older form; make it PKCS#8: openssl pkcs8 -topk8 "
                            + "-nocrypt -in " + file + " -out NEW");
                default -> {
                    // parameters or certificates may stand in the same file
                }
            }
        }
        throw new IOException(file + " has no private key; expected a block BEGIN PRIVATE KEY");
    }

    private static PrivateKey pkcs8(Path file, byte[] bytes) throws IOException {
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException e) {
                System.getLogger(Pem.class.getName())
                        .log(System.Logger.Level.TRACE, "not a key of this kind: " + algorithm);
            }
        }
        throw new IOException(file + ": the key in it is damaged, or neither EC, RSA nor Ed25519");
    }

    private static List<Block> blocks(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text(file));
        while (found.find()) {
            blocks.add(new Block(file, found.group(1), found.group(2)));
        }
        if (blocks.isEmpty()) {
            throw new IOException(file + " is no PEM file; expected text with blocks -----BEGIN …-----");
        }
        return blocks;
    }

    private static String text(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a folder; expected a PEM file");
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is larger than 1 MiB; expected a PEM file");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist; expected a PEM file", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " cannot be read: access is denied", e);
        }
    }
}
