package dev.comuta.platform.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Envelope encryption of secrets at rest. Each secret has its own data key, which is encrypted under a master key from
 * configuration. A sealed text is {@code v2:<id of the master key>:<encrypted data key>:<ciphertext>}, so the master
 * key can be replaced without changing a ciphertext. A column with sealed texts has the comment 'sealed' in the
 * database.
 */
@ApplicationScoped
public class Secrets {

    private static final String VERSION = "v2";
    private static final String KEY = "comuta.secrets.key";
    private static final int PARTS = 4;

    private final MasterKey current;
    private final Map<String, MasterKey> keys = new LinkedHashMap<>();
    private final byte[] fingerprintKey;
    private final byte[] signingKey;

    Secrets(SecretsConfig config) {
        current = MasterKey.of(KEY, config.key());
        keys.put(current.id(), current);
        config.otherKeys().orElse(List.of()).stream()
                .map(key -> MasterKey.of("comuta.secrets.other-keys", key))
                .forEach(key -> keys.putIfAbsent(key.id(), key));
        MasterKey first = config.fingerprintKey()
                .map(key -> MasterKey.of("comuta.secrets.fingerprint-key", key))
                .orElse(current);
        fingerprintKey = derived(first, "comuta fingerprint");
        signingKey = derived(first, "comuta signature");
    }

    /** Seals a text for the database. */
    public String seal(String plain) {
        byte[] dataKey = Aes.random(Aes.KEY_BYTES);
        return envelope(dataKey, Aes.encrypt(Aes.key(dataKey), plain.getBytes(StandardCharsets.UTF_8)));
    }

    /** Opens a sealed text. Fails when it was sealed under a key that is not configured, or was changed. */
    public String open(String sealed) {
        String[] parts = parts(sealed);
        return new String(Aes.decrypt(Aes.key(dataKey(parts)), parts[3]), StandardCharsets.UTF_8);
    }

    /** The same secret under the current key: only its data key is encrypted anew. */
    public String reseal(String sealed) {
        String[] parts = parts(sealed);
        return envelope(dataKey(parts), parts[3]);
    }

    /** The prefix of every text that is sealed under the current key. */
    public String currentMark() {
        return VERSION + ":" + current.id() + ":";
    }

    /** The id of the current key; it does not reveal the key. */
    public String currentKeyId() {
        return current.id();
    }

    /** The prefix of every sealed text. */
    public static String mark() {
        return VERSION + ":";
    }

    /**
     * A fixed-length fingerprint of a secret that is only compared (HMAC-SHA256 under a derived key). Equal texts have
     * equal fingerprints, and fingerprints alone do not allow guessing texts.
     */
    public byte[] fingerprint(String secret) {
        return hmac(fingerprintKey, secret);
    }

    /**
     * The server's signature of a text (HMAC-SHA256 under a derived key). It remains valid when the master key is
     * replaced.
     */
    public byte[] signature(String text) {
        return hmac(signingKey, text);
    }

    private String envelope(byte[] dataKey, String ciphertext) {
        return currentMark() + Aes.encrypt(current.key(), dataKey) + ":" + ciphertext;
    }

    private byte[] dataKey(String[] parts) {
        MasterKey master = Optional.ofNullable(keys.get(parts[1]))
                .orElseThrow(() -> new IllegalStateException(
                        "a stored secret is sealed under the key " + parts[1] + ", which is not configured"));
        return Aes.decrypt(master.key(), parts[2]);
    }

    private static String[] parts(String sealed) {
        String[] parts = sealed.split(":", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new IllegalStateException("not a sealed text");
        }
        return parts;
    }

    private static byte[] derived(MasterKey master, String purpose) {
        return hmac(master.key().getEncoded(), purpose);
    }

    private static byte[] hmac(byte[] key, String text) {
        return Hmac.SHA256.of(key, text.getBytes(StandardCharsets.UTF_8));
    }
}
