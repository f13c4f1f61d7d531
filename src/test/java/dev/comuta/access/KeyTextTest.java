package dev.comuta.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.secret.Hmac;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @RepeatedTest(20)
    void generatesUniqueKeysThatItRecognizes() {
        KeyText key = KeyText.random(KeyTextTest::first);
        assertTrue(key.isIssued(KeyTextTest::first));
        assertTrue(key.text().startsWith(key.prefix() + "_"));
        assertNotEquals(key, KeyText.random(KeyTextTest::first));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cmt_",
                "cmt_abcdefgh_short",
                "cmt_ABCDEFGH_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void rejectsMalformedKeys(String text) {
        assertFalse(new KeyText(text).isIssued(KeyTextTest::first));
    }

    @Test
    void rejectsKeysThatThisServerDidNotIssue() {
        KeyText key = KeyText.random(KeyTextTest::first);
        String changed =
                key.text().replace(key.prefix(), key.prefix().equals("cmt_aaaaaaaa") ? "cmt_b" : "cmt_aaaaaaaa");

        assertFalse(new KeyText(changed).isIssued(KeyTextTest::first));
        assertFalse(key.isIssued(KeyTextTest::second));
        assertFalse(new KeyText("cmt_abcdefgh_" + "a".repeat(51)).isIssued(KeyTextTest::first));
    }

    private static byte[] first(String text) {
        return Hmac.SHA256.of(new byte[] {1}, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] second(String text) {
        return Hmac.SHA256.of(new byte[] {2}, text.getBytes(StandardCharsets.UTF_8));
    }
}
