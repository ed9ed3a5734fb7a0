package io.latticeconsole.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    private Path folder;

    private Parties parties;
    private TlsFiles good;

    @BeforeEach
    void issue() throws IOException {
        parties = new Parties(folder.resolve("ca"));
        good = parties.person("ana", Role.OPERATOR, Role.EXERCISE);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void assertSays(String expected, Path named, TlsFiles files) {
        IOException wrong = assertThrows(IOException.class, files::read);
        String said = String.valueOf(wrong.getMessage());
        assertTrue(said.contains(named.toString()) && said.contains(expected), said);
    }

    private TlsFiles withCertificate(Path file) {
        return new TlsFiles(file, good.key(), good.authorities());
    }

    private TlsFiles withKey(Path file) {
        return new TlsFiles(good.certificate(), file, good.authorities());
    }

    @Test
    void goodFilesNameTheirHolder() throws IOException {
        assertEquals(
                new Identity("ana", Set.of(Role.OPERATOR, Role.EXERCISE)),
                good.read().identity());
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithWhatIsWrong() throws IOException {
        Path absent = folder.resolve("absent.pem");
        assertSays("does not exist", absent, withCertificate(absent));
        assertSays("is a folder", folder, withKey(folder));
        Path text = file("text.pem", "hello");
        assertSays("is no PEM file", text, withCertificate(text));
        assertSays("no certificate", good.key(), withCertificate(good.key()));
        assertSays("no private key", good.certificate(), withKey(good.certificate()));
        Path damaged = file("damaged.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertSays("certificate 1 in it is damaged", damaged, withCertificate(damaged));
        Path broken = file("broken.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertSays("is damaged", broken, withKey(broken));
        Path locked =
                file("locked.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
        assertSays("is encrypted", locked, withKey(locked));
        Path older = file("older.key", "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertSays("openssl pkcs8", older, withKey(older));
        Path other = parties.person("bob", Role.VIEWER).key();
        assertSays("is not the key of", other, withKey(other));
        TlsFiles leaf = new TlsFiles(good.certificate(), good.key(), good.certificate());
        assertSays("is no authority", good.certificate(), leaf);
    }

    @Test
    void aFailureDoesNotShowWhatIsInTheFile() throws IOException {
        Path secret = file("secret.key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        IOException wrong =
                assertThrows(IOException.class, () -> withKey(secret).read());
        for (Throwable t = wrong; t != null; t = t.getCause()) {
            assertFalse(String.valueOf(t.getMessage()).contains("c2VjcmV0"), t.toString());
        }
    }

    @Test
    void renewedFilesAreReadAndUnusableOnesAreNot() throws IOException {
        KeyMaterial material = good.read();
        TlsFiles renewed = parties.person("ana-2", Duration.ofDays(200), Role.OPERATOR);
        Parties.move(renewed.key(), good.key());
        assertEquals("ana", material.identity().name(), "a key without its certificate was taken");
        Parties.move(renewed.certificate(), good.certificate());
        assertEquals("ana-2", material.identity().name());
        assertEquals(2, material.generation());
        Files.delete(good.certificate());
        assertEquals("ana-2", material.identity().name());
        assertEquals(2, material.generation());
    }
}
