package io.latticeconsole.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T06:30:00Z");
    private static final Duration LIFE = Duration.ofDays(90);

    @TempDir
    private Path folder;

    @Test
    void keysAreForTheirOwnerOnly() throws IOException {
        var issued =
                DevelopmentAuthority.create(folder, NOW).issue("n1", List.of(Role.NODE), List.of("::1"), NOW, LIFE);
        for (Path key : List.of(folder.resolve("ca.key"), issued.key())) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        }
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        DevelopmentAuthority authority = DevelopmentAuthority.create(folder, NOW);
        authority.issue("ana", List.of(Role.VIEWER), List.of(), NOW, LIFE);
        String before = Files.readString(folder.resolve("ana.key"));
        assertThrows(IOException.class, () -> DevelopmentAuthority.create(folder, NOW));
        IOException again = assertThrows(
                IOException.class, () -> authority.issue("ana", List.of(Role.SUPERVISOR), List.of(), NOW, LIFE));
        assertTrue(String.valueOf(again.getMessage()).contains("ana.pem is there already"), again.getMessage());
        assertEquals(before, Files.readString(folder.resolve("ana.key")));
    }

    @Test
    void aMachinesCertificateIsForItsHostsAndForBothSides() throws Exception {
        var issued = DevelopmentAuthority.create(folder, NOW)
                .issue("n1", List.of(Role.NODE), List.of("edge-1.lan", "10.0.0.7"), NOW, LIFE);
        var names = issued.content().getSubjectAlternativeNames().stream()
                .map(n -> n.get(1))
                .toList();
        assertEquals(List.of("edge-1.lan", "10.0.0.7"), names);
        assertEquals(
                List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"),
                issued.content().getExtendedKeyUsage());
        assertEquals(NOW.plus(LIFE), issued.content().getNotAfter().toInstant());
    }

    @Test
    void aCertificateDoesNotOutliveItsAuthority() throws Exception {
        DevelopmentAuthority.create(folder, NOW);
        var issued = DevelopmentAuthority.open(folder)
                .issue("ana", List.of(Role.VIEWER), List.of(), NOW, Duration.ofDays(99_999));
        assertEquals(
                Pem.certificates(folder.resolve("ca.pem")).getFirst().getNotAfter(),
                issued.content().getNotAfter());
    }

    @Test
    void whatIsRemovedStaysRemovedAndAListOfAnotherAuthorityIsRefused() throws Exception {
        DevelopmentAuthority authority = DevelopmentAuthority.create(folder, NOW);
        var ana = authority.issue("ana", List.of(Role.VIEWER), List.of(), NOW, LIFE);
        var bob = authority.issue("bob", List.of(Role.VIEWER), List.of(), NOW, LIFE);
        var eve = authority.issue("eve", List.of(Role.VIEWER), List.of(), NOW, LIFE);
        Path list = authority.revoke("ana", NOW);
        assertEquals(list, DevelopmentAuthority.open(folder).revoke("bob", NOW.plusSeconds(60)));
        Revoked revoked = Revoked.read(list, Pem.certificates(folder.resolve("ca.pem")));
        assertEquals(NOW, revoked.when(List.of(ana.content())).orElseThrow());
        assertEquals(NOW.plusSeconds(60), revoked.when(List.of(bob.content())).orElseThrow());
        assertTrue(revoked.when(List.of(eve.content())).isEmpty());
        Path other = folder.resolve("other");
        DevelopmentAuthority.create(other, NOW);
        IOException refused = assertThrows(
                IOException.class,
                () -> new TlsFiles(eve.certificate(), eve.key(), folder.resolve("ca.pem"), other.resolve("crl.pem"))
                        .read());
        assertTrue(String.valueOf(refused.getMessage()).contains("is not signed by"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ca", "../x", "a b", "-x", "é", "a/b"})
    void aNameThatNoFileOrOrderCouldCarryIsRefused(String name) throws IOException {
        DevelopmentAuthority authority = DevelopmentAuthority.create(folder, NOW);
        assertThrows(
                IllegalArgumentException.class,
                () -> authority.issue(name, List.of(Role.VIEWER), List.of(), NOW, LIFE));
    }

    @Test
    void theEndOfACertificateGetsMoreUrgent() {
        assertEquals(Expiry.FAR, Expiry.of(NOW.plus(Duration.ofDays(31)), NOW));
        assertEquals(Expiry.MONTH, Expiry.of(NOW.plus(Duration.ofDays(30)), NOW));
        assertEquals(Expiry.WEEK, Expiry.of(NOW.plus(Duration.ofDays(7)), NOW));
        assertEquals(Expiry.DAY, Expiry.of(NOW.plus(Duration.ofDays(1)), NOW));
        assertEquals(Expiry.OVER, Expiry.of(NOW, NOW));
    }
}
