package dev.comuta.platform.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final Secrets secrets = under((byte) 1);

    @Property(tries = 200)
    void opensWhatItSealed(@ForAll String text) {
        // UTF-8 cannot encode lone surrogates
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
    void rejectsATextSealedUnderAnotherKey() {
        String sealed = under((byte) 2).seal("segredo");
        assertThrows(IllegalStateException.class, () -> secrets.open(sealed));
    }

    @Test
    void rejectsAChangedText() {
        String sealed = secrets.seal("segredos");
        for (int i = 0; i < sealed.length(); i++) {
            char[] changed = sealed.toCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            String text = new String(changed);
            assertThrows(RuntimeException.class, () -> assertEquals("segredos", secrets.open(text)));
        }
    }

    @Test
    void opensUnderAnOtherKeyAndResealsUnderTheCurrentOne() {
        String old = under((byte) 2).seal("segredo");
        Secrets both = new Secrets(new Keys(key((byte) 1), List.of(key((byte) 2)), null));

        assertEquals("segredo", both.open(old));
        String resealed = both.reseal(old);
        assertTrue(resealed.startsWith(both.currentMark()));
        assertEquals("segredo", secrets.open(resealed));
        assertFalse(old.startsWith(both.currentMark()));
    }

    @Test
    void keepsTheCiphertextWhenTheKeyIsReplaced() {
        String old = under((byte) 2).seal("segredo");
        String resealed = new Secrets(new Keys(key((byte) 1), List.of(key((byte) 2)), null)).reseal(old);
        assertEquals(old.substring(old.lastIndexOf(':')), resealed.substring(resealed.lastIndexOf(':')));
    }

    @Test
    void keepsFingerprintsWhenTheKeyIsReplaced() {
        Secrets replaced = new Secrets(new Keys(key((byte) 2), List.of(key((byte) 1)), key((byte) 1)));
        assertArrayEquals(secrets.fingerprint("a"), replaced.fingerprint("a"));
    }

    @Test
    void hasEqualFingerprintsForEqualTextsOnly() {
        assertArrayEquals(secrets.fingerprint("a"), secrets.fingerprint("a"));
        assertFalse(Arrays.equals(secrets.fingerprint("a"), secrets.fingerprint("b")));
        assertFalse(Arrays.equals(secrets.fingerprint("a"), under((byte) 2).fingerprint("a")));
        assertEquals(32, secrets.fingerprint("").length);
    }

    @Test
    void rejectsAnInvalidKeyAndNamesTheProperty() {
        for (String invalid : List.of("AAAA", "", "not base64!")) {
            assertNamed("comuta.secrets.key", new Keys(invalid, null, null));
            assertNamed("comuta.secrets.other-keys", new Keys(key((byte) 1), List.of(invalid), null));
            assertNamed("comuta.secrets.fingerprint-key", new Keys(key((byte) 1), null, invalid));
        }
    }

    private static void assertNamed(String property, Keys keys) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Secrets(keys))
                .getMessage();
        assertTrue(message.startsWith(property + " "), message);
    }

    private record Keys(String key, List<String> others, String fingerprint) implements SecretsConfig {

        @Override
        public Optional<List<String>> otherKeys() {
            return Optional.ofNullable(others);
        }

        @Override
        public Optional<String> fingerprintKey() {
            return Optional.ofNullable(fingerprint);
        }
    }

    private static Secrets under(byte seed) {
        return new Secrets(new Keys(key(seed), null, null));
    }

    private static String key(byte seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, seed);
        return Base64.getEncoder().encodeToString(key);
    }
}
