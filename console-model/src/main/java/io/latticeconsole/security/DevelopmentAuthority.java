package io.latticeconsole.security;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/// A small certificate authority in a folder, for trying a lattice out: `ca.pem`, `ca.key`, and for each
/// party `NAME.pem` and `NAME.key`; `crl.pem` is the list of what it has removed again. Keys are EC P-256 and
/// readable by their owner only; nothing but the list is ever overwritten.
public final class DevelopmentAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /// Clocks differ: what was just made is valid everywhere.
    private static final Duration EARLIER = Duration.ofHours(1);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|.*:.*");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final X509Certificate certificate;
    private final PrivateKey key;

    /// Where a party's certificate and key were written.
    public record Issued(Path certificate, Path key, X509Certificate content) {}

    private DevelopmentAuthority(Path folder, X509Certificate certificate, PrivateKey key) {
        this.folder = folder;
        this.certificate = certificate;
        this.key = key;
    }

    /// Makes an authority in a folder, which is made if it is not there.
    ///
    /// @throws IOException naming the file that is there already or cannot be written
    public static DevelopmentAuthority create(Path folder, Instant now) throws IOException {
        Files.createDirectories(folder);
        requireAbsent(folder.resolve("ca.pem"), folder.resolve("ca.key"));
        KeyPair pair = pair();
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.CN, "Lattice development authority")
                .build();
        X509v3CertificateBuilder builder = builder(name, name, pair, now, now.plus(AUTHORITY_LIFE));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
        X509Certificate made = signed(builder, pair.getPrivate());
        write(folder.resolve("ca.key"), new JcaPKCS8Generator(pair.getPrivate(), null), "rw-------");
        write(folder.resolve("ca.pem"), new JcaMiscPEMGenerator(made), "rw-r--r--");
        DevelopmentAuthority authority = new DevelopmentAuthority(folder, made, pair.getPrivate());
        authority.list(List.of(), now);
        return authority;
    }

    /// The authority that a folder holds.
    ///
    /// @throws IOException naming the file that is missing or cannot be used
    public static DevelopmentAuthority open(Path folder) throws IOException {
        X509Certificate certificate = Pem.certificates(folder.resolve("ca.pem")).getFirst();
        return new DevelopmentAuthority(folder, certificate, Pem.key(folder.resolve("ca.key")));
    }

    /// Issues a certificate. With `hosts`, names or IP addresses, it is a machine's: for the server under
    /// these names and for the calls that the machine makes itself; without, it is for a client only.
    ///
    /// @throws IOException naming the file that is there already or cannot be written
    /// @throws IllegalArgumentException if the name cannot be that of files and orders
    public Issued issue(String name, Collection<Role> roles, List<String> hosts, Instant now, Duration life)
            throws IOException {
        if (!NAME.matcher(name).matches() || name.equals("ca")) {
            throw new IllegalArgumentException("'" + name + "' is no name for a certificate; expected 1 to 64 letters, "
                    + "digits, dots, dashes and underscores, and not ca");
        }
        Path certificateFile = folder.resolve(name + ".pem");
        Path keyFile = folder.resolve(name + ".key");
        requireAbsent(certificateFile, keyFile);
        KeyPair pair = pair();
        X500NameBuilder subject = new X500NameBuilder();
        roles.stream().distinct().sorted().forEach(role -> subject.addRDN(BCStyle.OU, role.unit()));
        X509Certificate made = signed(party(subject.addRDN(BCStyle.CN, name).build(), hosts, pair, now, life), key);
        write(keyFile, new JcaPKCS8Generator(pair.getPrivate(), null), "rw-------");
        write(certificateFile, new JcaMiscPEMGenerator(made), "rw-r--r--");
        return new Issued(certificateFile, keyFile, made);
    }

    /// Removes the certificate that was issued to a name: it counts no more where `crl.pem` is read.
    ///
    /// @return the list
    /// @throws IOException naming the file that is missing, cannot be read or cannot be written
    public Path revoke(String name, Instant now) throws IOException {
        X509Certificate gone = Pem.certificates(folder.resolve(name + ".pem")).getFirst();
        return list(List.of(gone), now);
    }

    /// Writes the list anew, in one step, with some more on it.
    private Path list(List<X509Certificate> more, Instant now) throws IOException {
        Path file = folder.resolve("crl.pem");
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer, Date.from(now));
        builder.setNextUpdate(certificate.getNotAfter());
        try {
            if (Files.exists(file)) {
                builder.addCRL(new JcaX509CRLHolder(Pem.revocations(file).getFirst()));
            }
            for (X509Certificate gone : more) {
                builder.addCRLEntry(gone.getSerialNumber(), Date.from(now), CRLReason.unspecified);
            }
            X509CRL made = new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
            Path beside = Files.createTempFile(folder, "crl", ".new");
            Files.writeString(beside, text(new JcaMiscPEMGenerator(made)), StandardCharsets.US_ASCII);
            return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("the list could not be signed", e);
        }
    }

    private X509v3CertificateBuilder party(
            X500Name subject, List<String> hosts, KeyPair pair, Instant now, Duration life) {
        Instant end = now.plus(life);
        Instant last = certificate.getNotAfter().toInstant();
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, subject, pair, now, end.isAfter(last) ? last : end);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, purposes(hosts));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            if (!hosts.isEmpty()) {
                GeneralName[] names =
                        hosts.stream().map(DevelopmentAuthority::host).toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return builder;
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExtendedKeyUsage purposes(List<String> hosts) {
        return hosts.isEmpty()
                ? new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)
                : new ExtendedKeyUsage(
                        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    }

    private static GeneralName host(String host) {
        return new GeneralName(ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, Instant now, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(EARLIER)),
                Date.from(end),
                subject,
                pair.getPublic());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no P-256 keys", e);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate could not be signed", e);
        }
    }

    private static void requireAbsent(Path... files) throws IOException {
        for (Path file : files) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file + " is there already and is not overwritten");
            }
        }
    }

    /// The file has its permissions from the moment it exists.
    private static void write(Path file, PemObjectGenerator content, String permissions) throws IOException {
        FileAttribute<?>[] mode =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, mode);
        Files.write(file, text(content).getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    private static String text(PemObjectGenerator content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(content);
        }
        return text.toString();
    }
}
