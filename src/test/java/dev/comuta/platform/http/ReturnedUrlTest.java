package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnedUrlTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"https://a.example", "https://a.example:8443/v1/@imobiliaria/entrada"})
    void acceptsAddresses(String url) {
        assertDoesNotThrow(() -> ReturnedUrl.require("url", url, "it is signed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@a.example/",
                "https://secret@a.example",
                "https://a.example/?token=secret",
                "https://a.example?secret",
                "https://a.example/#secret"
            })
    void rejectsWhatMayBeASecretAndDoesNotRepeatIt(String url) {
        Problem problem = assertThrows(Problem.class, () -> ReturnedUrl.require("url", url, "it is signed"));

        assertEquals("url", problem.violations().getFirst().field());
        assertEquals(
                "must have no user, no query and no fragment, because readers get it; it is signed",
                problem.violations().getFirst().message());
    }
}
