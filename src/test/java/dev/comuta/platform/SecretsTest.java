package dev.comuta.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final Secrets secrets = under((byte) 1);

    @Property(tries = 200)
    void opensWhatItSealed(@ForAll String text) {
        // lone surrogates are no text that UTF-8 can keep
        String valid = text.codePoints()
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertEquals(valid, secrets.open(secrets.seal(valid)));
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertNotEquals(secrets.seal("segredo"), secrets.seal("segredo"));
    }

    @Test
    void refusesWhatAnotherKeySealed() {
        String sealed = under((byte) 2).seal("segredo");
        assertThrows(IllegalStateException.class, () -> secrets.open(sealed));
    }

    @Test
    void refusesWhatWasChanged() {
        char[] sealed = secrets.seal("segredo").toCharArray();
        sealed[10] = sealed[10] == 'A' ? 'B' : 'A';
        assertThrows(IllegalStateException.class, () -> secrets.open(new String(sealed)));
    }

    @Test
    void marksEqualTextsEquallyAndOthersNot() {
        assertArrayEquals(secrets.fingerprint("a"), secrets.fingerprint("a"));
        assertFalse(Arrays.equals(secrets.fingerprint("a"), secrets.fingerprint("b")));
        assertFalse(Arrays.equals(secrets.fingerprint("a"), under((byte) 2).fingerprint("a")));
        assertEquals(32, secrets.fingerprint("").length);
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> new Secrets(() -> "AAAA"));
    }

    private static Secrets under(byte seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, seed);
        return new Secrets(() -> Base64.getEncoder().encodeToString(key));
    }
}
