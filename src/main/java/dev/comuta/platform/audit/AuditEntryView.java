package dev.comuta.platform.audit;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who did what, when and from where.
 *
 * @param clientId null when it concerns no client
 * @param sequence place in the chain; null for what only read, which stands outside of it
 * @param callerKind 'plataforma', 'chave', 'usuário' or 'sistema'
 * @param callerRole the caller's role at the time; null for 'sistema'
 * @param callerId id of the key or of the user; null for the others
 * @param action the operation as this description names it
 * @param target the path that it was done to
 * @param origin the caller's address; null for what happened by itself
 * @param hash covers this entry and the one before it, in hexadecimal; null outside of the chain
 */
@Schema(name = "AuditEntry")
record AuditEntryView(
        long auditId,
        Long clientId,
        Long sequence,
        Instant happenedAt,
        @Schema(examples = "chave") String callerKind,
        @Schema(examples = "Administrador") String callerRole,
        Long callerId,
        @Schema(examples = "createUser") String action,
        @Schema(examples = "/clients/1/users") String target,
        @Schema(examples = "192.0.2.7") String origin,

        @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String hash) {}
