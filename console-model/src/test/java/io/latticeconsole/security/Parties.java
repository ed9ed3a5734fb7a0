package io.latticeconsole.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// An authority in a folder and whom it issued certificates to.
public final class Parties {
    private final Path folder;
    private final DevelopmentAuthority authority;

    public Parties(Path folder) throws IOException {
        this.folder = folder;
        authority = DevelopmentAuthority.create(folder, Instant.now());
    }

    /// A machine that is known as 127.0.0.1 and localhost.
    public TlsFiles machine(String name) throws IOException {
        return machine(name, Duration.ofDays(90), "127.0.0.1", "localhost");
    }

    public TlsFiles machine(String name, Duration life, String... hosts) throws IOException {
        authority.issue(name, List.of(Role.NODE), List.of(hosts), Instant.now(), life);
        return files(name);
    }

    public TlsFiles person(String name, Role... roles) throws IOException {
        return person(name, Duration.ofDays(90), roles);
    }

    /// A life below zero is over; certificates begin an hour before they are made.
    public TlsFiles person(String name, Duration life, Role... roles) throws IOException {
        authority.issue(name, Arrays.asList(roles), List.of(), Instant.now(), life);
        return files(name);
    }

    public TlsFiles files(String name) {
        return new TlsFiles(folder.resolve(name + ".pem"), folder.resolve(name + ".key"), folder.resolve("ca.pem"));
    }

    /// The same for somebody who minds what the authority has removed.
    public TlsFiles carefulFiles(String name) {
        return new TlsFiles(
                folder.resolve(name + ".pem"),
                folder.resolve(name + ".key"),
                folder.resolve("ca.pem"),
                folder.resolve("crl.pem"));
    }

    /// Removes somebody's certificate.
    public void revoke(String name) throws IOException {
        authority.revoke(name, Instant.now());
    }

    /// Renews files the way that tools do: the key first, then the certificate, each in one step.
    public static void replace(TlsFiles old, TlsFiles by) throws IOException {
        move(by.key(), old.key());
        move(by.certificate(), old.certificate());
    }

    public static void move(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
