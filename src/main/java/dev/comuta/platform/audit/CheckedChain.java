package dev.comuta.platform.audit;

import dev.comuta.platform.secret.Secrets;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The result of comuta_audit_verify, with the signature of the last checkpoint checked.
 *
 * @param entries the number of entries of the chain
 * @param head the hash of its last entry, in hexadecimal digits; empty when there is none
 * @param from the place after which the check began
 * @param to the last entry that was checked
 * @param checkedHead the hash of that entry
 * @param signed the last checkpoint; null when there is none
 * @param fault null when no checked entry is faulty
 */
record CheckedChain(
        long entries,
        String head,
        long from,
        long to,
        String checkedHead,
        Checkpoint signed,
        String fault,
        Long faultySequence,
        Long faultyEntry) {

    private static final String FORGED = "Forjada";

    /** Reads a row of comuta_audit_verify. */
    static CheckedChain of(long chain, Row row, Secrets secrets) {
        Buffer signature = row.getBuffer("signature");
        Checkpoint signed = signature == null ? null : checkpoint(chain, row);
        boolean forged = signed != null && !signed.isSigned(secrets, signature.getBytes());
        return new CheckedChain(
                row.getLong("entries"),
                hex(row.getBuffer("head")),
                row.getLong("checked_from"),
                row.getLong("checked_to"),
                hex(row.getBuffer("checked_head")),
                signed,
                forged ? FORGED : row.getString("fault"),
                forged ? Long.valueOf(signed.entries()) : row.getLong("faulty_sequence"),
                forged ? null : row.getLong("faulty_entry"));
    }

    private static Checkpoint checkpoint(long chain, Row row) {
        Instant madeAt = row.getOffsetDateTime("signed_at").toInstant();
        return new Checkpoint(chain, row.getLong("signed_entries"), hex(row.getBuffer("signed_head")), madeAt);
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    boolean holds() {
        return fault == null;
    }

    AuditVerification view() {
        return new AuditVerification(
                holds(),
                entries,
                head,
                from,
                to,
                holds() && to < entries ? to : null,
                signed == null ? null : new AuditCheckpointView(signed.entries(), signed.head(), signed.madeAt()),
                fault,
                faultySequence,
                faultyEntry);
    }
}
