package dev.comuta.platform.audit;

import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.secret.Secrets;
import java.time.Instant;

/**
 * The end of a chain at a time, which the server signs.
 *
 * @param chain the client, or 0
 * @param entries the number of entries
 * @param head the hash of the last entry, in hexadecimal digits
 */
record Checkpoint(long chain, long entries, String head, Instant madeAt) {

    byte[] sign(Secrets secrets) {
        return secrets.signature(text());
    }

    boolean isSigned(Secrets secrets, byte[] signature) {
        return ConstantTime.equal(sign(secrets), signature);
    }

    private String text() {
        return String.join(
                "\n", "comuta audit checkpoint", Long.toString(chain), Long.toString(entries), head, madeAt.toString());
    }
}
