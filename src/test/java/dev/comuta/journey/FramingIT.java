package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two HTTP parsers could divide differently are rejected, and their connection is closed. */
class FramingIT {

    private static final String UPGRADE =
            "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n";

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transfer-encoding: chunked\r\ncontent-length: 5",
                "content-length: 5\r\ntransfer-encoding: chunked",
                "transfer-encoding: gzip, chunked",
                "transfer-encoding: chunked, identity",
                "transfer-encoding: identity",
                "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
                "transfer-encoding : chunked",
                "transfer-encoding: xchunked",
                "content-length: 5\r\ncontent-length: 6",
                "content-length: +5",
                "host: localhost\r\ncontent-length: 5"
            })
    void rejectsAmbiguousHeaders(String headers) {
        assertRejected("POST /webhooks/whatsapp HTTP/1.1\r\nhost: localhost\r\n" + headers + "\r\n\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5;a=\"\r\nhello\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "-1\r\n\r\n", "5\r\nhelloX0\r\n\r\n"})
    void rejectsAmbiguousChunks(String body) {
        assertRejected("POST /webhooks/whatsapp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + "transfer-encoding: chunked\r\n\r\n" + body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /clients?phone=SECRET HTTP/1.1\r\n", "GET /clients?phone=SECRET HTTP/1.1\r\nhost: a b\r\n"})
    void answersWithAProblemAndLogsNoQuery(String head) throws IOException {
        String secret = "phone" + System.nanoTime();
        String response;
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write(head.replace("SECRET", secret) + "connection: close\r\n\r\n");
            response = connection.readToEnd();
        }
        assertTrue(response.startsWith("HTTP/1.1 4"), response);
        assertTrue(response.contains("application/problem+json"), response);
        assertFalse(Files.readString(comuta.server().log()).contains(secret), "the log holds the query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clients", "/sign-in/keys"})
    void closesTheConnectionOfABodyThatDoesNotEnd(String path) {
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write("POST " + path + " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer "
                    + comuta.platform().key()
                    + "\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{");
            assertEquals(408, connection.readStatus());
            assertTrue(connection.isClosed(), "the connection is closed");
        }
    }

    @Test
    void speaksNoHttp2WithoutTls() {
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write("GET /pages/page.css HTTP/1.1\r\nhost: localhost\r\n" + UPGRADE);
            assertEquals(200, connection.readStatus());
        }
        assertRejected("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    private static void assertRejected(String request) {
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write(request);
            assertEquals(400, connection.readStatus());
            assertTrue(connection.isClosed(), "the connection is closed");
        }
    }
}
