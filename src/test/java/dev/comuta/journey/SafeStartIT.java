package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings with which the server does not start; TLS, secrets in files, and the security headers of responses. */
class SafeStartIT {

    private static Comuta comuta;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @Test
    void refusesUnsafeSettingsInProductionAndNamesEach() throws IOException {
        Path log = folder.resolve("server.log");
        ServerOptions unsafe = Comuta.fastStart()
                .log(log)
                .with("COMUTA_DEVELOPMENT", "false")
                .with("COMUTA_PLATFORM_KEY", "x".repeat(40))
                .with("COMUTA_SECRETS_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                .with("COMUTA_SECRETS_OTHER_KEYS", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(unsafe));

        String output = Files.readString(log);
        for (String property : List.of(
                "comuta.platform-key",
                "comuta.secrets.key",
                "comuta.secrets.fingerprint-key",
                "comuta.public-url",
                "comuta.outbound.local-networks",
                "comuta.broker.url")) {
            assertTrue(output.contains(property + ": "), () -> property + " is not named in " + output);
        }
        assertFalse(output.contains("x".repeat(40)), "the log repeats a key");
    }

    @Test
    void refusesConnectionsToOtherMachinesWithoutTls() throws IOException {
        Path log = folder.resolve("server.log");
        ServerOptions plain = Comuta.fastStart()
                .log(log)
                .with("COMUTA_DEVELOPMENT", "false")
                .with("COMUTA_DB_URL", "postgresql://database.example:5432/comuta?sslmode=prefer")
                .with("COMUTA_AMQP_URL", "amqp://comuta:segredo@broker.example:5672");
        assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(plain));

        String output = Files.readString(log);
        for (String property : List.of("comuta.database.url", "comuta.broker.url")) {
            assertTrue(output.contains(property + ": leads to another machine without TLS"), output);
        }
        assertFalse(output.contains("segredo"), "the log repeats a password");
    }

    @Test
    void startsWithoutThePasswordOfTheOwnerWhenItDoesNotMigrate() {
        ServerOptions options = Comuta.fastStart()
                .with("COMUTA_DB_MIGRATE", "false")
                .with("COMUTA_DB_OWNER_PASSWORD", "not its password");
        try (ServerProcess server = comuta.sandbox().startServer(options)) {
            assertTrue(server.ready());
        }
    }

    @Test
    void refusesADatabaseRoleThatSeesTheRowsOfEveryTenant() throws IOException {
        SandboxPostgres.Login owner = comuta.sandbox().postgres().login(SandboxPostgres.OWNER);
        Path log = folder.resolve("server.log");
        ServerOptions crossing = Comuta.fastStart()
                .log(log)
                .with("COMUTA_DB_USERNAME", owner.username())
                .with("COMUTA_DB_PASSWORD", owner.password());
        assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(crossing));
        assertTrue(Files.readString(log).contains("comuta.database.username sees the rows of every tenant"));
    }

    @Test
    void endsAfterTheMigrationWhenItOnlyMigrates() throws IOException {
        Path log = folder.resolve("server.log");
        ServerOptions options = Comuta.fastStart().log(log).with("COMUTA_DATABASE_MIGRATE_ONLY", "true");
        assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(options));
        assertTrue(Files.readString(log).contains("this process only migrates and ends"));
    }

    @Test
    void refusesToStartWithoutAKeyForSecrets() throws IOException {
        Path log = folder.resolve("server.log");
        ServerOptions keyless = Comuta.fastStart().log(log).with("COMUTA_SECRETS_KEY", "");
        assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(keyless));
        assertTrue(Files.readString(log).contains("comuta.secrets.key"));
    }

    @Test
    void refusesToStartWithAnUnknownDefaultProvider() throws IOException {
        Path log = folder.resolve("server.log");
        ServerOptions unknown = Comuta.fastStart().log(log).with("COMUTA_CHANNELS_DEFAULT_PROVIDER", "Vonage");
        assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(unknown));
        String output = Files.readString(log);
        assertTrue(
                output.contains("comuta.channels.default-provider: must be one of Gateway, LiveKit, Meta, Twilio"),
                output);
    }

    @Test
    void reportsADatabaseOfAnotherSchemaInOneLine() throws IOException {
        Path log = folder.resolve("server.log");
        Files.writeString(folder.resolve("V1__other.sql"), "create table Things (ThingID bigint)");
        try (SandboxPostgres other = SandboxPostgres.launch(0)) {
            SandboxPostgres.Login owner = other.login(SandboxPostgres.OWNER);
            Flyway.configure()
                    .dataSource(other.jdbcUrl(), owner.username(), owner.password())
                    .locations("filesystem:" + folder)
                    .load()
                    .migrate();
            ServerOptions options = Comuta.fastStart()
                    .log(log)
                    .with("COMUTA_DB_URL", "postgresql://127.0.0.1:%d/%s".formatted(other.port(), other.database()))
                    .with("COMUTA_DB_OWNER_PASSWORD", owner.password());
            assertThrows(IllegalStateException.class, () -> comuta.sandbox().startServer(options));
        }
        String output = Files.readString(log);
        assertEquals(
                1,
                output.lines()
                        .filter(line -> line.contains("migrated by another version of the schema"))
                        .count(),
                output);
        assertFalse(output.contains("\tat "), output);
    }

    @Test
    void servesTlsAndReadsSecretsFromFiles() throws Exception {
        createCertificate();
        Path key =
                Files.writeString(folder.resolve("platform-key"), "do-arquivo-" + "0123456789abcdef".repeat(2) + "\n");
        int port = 20_000 + new SecureRandom().nextInt(10_000);
        ServerOptions options = Comuta.fastStart()
                .with("COMUTA_TLS_CERTIFICATES", folder.resolve("server.crt").toString())
                .with("COMUTA_TLS_KEYS", folder.resolve("server.key").toString())
                .with("COMUTA_TLS_PORT", Integer.toString(port))
                .with("COMUTA_PLATFORM_KEY_FILE", key.toString());
        try (ServerProcess server = comuta.sandbox().startServer(options)) {
            assertTrue(server.alive());
            URI secure = URI.create("https://127.0.0.1:" + port);
            Api api = new Api(secure, Files.readString(key).strip());
            // The server is ready when its first port answers.
            await().atMost(Comuta.TIMEOUT)
                    .untilAsserted(() -> api.get("/clients").expect(200));
        }
    }

    @Test
    void sendsSecurityHeadersAndAllowsNoOtherOrigin() {
        Api api = comuta.client();
        Api.Answer answer =
                api.get("/clients/" + comuta.registered().clientId()).expect(200);
        assertEquals("nosniff", answer.header("x-content-type-options"));
        assertEquals("default-src 'none'; frame-ancestors 'none'", answer.header("content-security-policy"));
        assertEquals("no-store", answer.header("cache-control"));
        assertTrue(answer.header("strict-transport-security").startsWith("max-age="));

        Api.Answer crossOrigin =
                api.undocumented().get("/clients/" + comuta.registered().clientId(), "origin", "https://evil.example");
        assertFalse(crossOrigin.headers().containsKey("access-control-allow-origin"), crossOrigin.headers()::toString);
    }

    @Test
    void allowsTheMethodsOfTheApiToANamedOrigin() {
        ServerOptions options = Comuta.fastStart()
                .with("COMUTA_DB_MIGRATE", "false")
                .with("COMUTA_ROLES", "web")
                .with("COMUTA_CORS_ORIGINS", "https://painel.example");
        try (ServerProcess server = comuta.sandbox().startServer(options)) {
            Api api = new Api(server.baseUrl(), comuta.client().key()).undocumented();
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                Api.Answer preflight = api.send(
                        "OPTIONS",
                        "/clients/" + comuta.registered().clientId(),
                        null,
                        "origin",
                        "https://painel.example",
                        "access-control-request-method",
                        method);
                assertEquals("https://painel.example", preflight.header("access-control-allow-origin"), method);
                assertTrue(
                        List.of(preflight.header("access-control-allow-methods").split(" *, *"))
                                .contains(method),
                        () -> method + ": " + preflight.headers());
            }
        }
    }

    private void createCertificate() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-keyout",
                        "server.key",
                        "-out",
                        "server.crt",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=127.0.0.1",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertEquals(0, openssl.waitFor(), () -> "see openssl.log");
    }
}
