package dev.comuta.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    @RepeatedTest(20)
    void generatesUniqueWellFormedKeys() {
        KeyText key = KeyText.random();
        assertTrue(key.isWellFormed());
        assertTrue(key.text().startsWith(key.prefix() + "_"));
        assertNotEquals(key, KeyText.random());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "cmt_", "cmt_abcdefgh_short", "cmt_ABCDEFGH_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void rejectsMalformedKeys(String text) {
        assertFalse(new KeyText(text).isWellFormed());
    }
}
