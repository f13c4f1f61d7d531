package dev.comuta.platform.audit;

import dev.comuta.platform.security.Role;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One entry of the audit trail: the caller, the operation, the time and the origin. */
@Schema(
        name = "AuditEntry",
        description = "An audited action: caller, operation, time and address. An entry holds ids, never content.")
record AuditEntryView(
        @Schema(description = "Id of the entry") long auditId,

        @Schema(nullable = true, description = "Client company; null when the entry concerns none")
        Long clientId,

        @Schema(
                nullable = true,
                description =
                        "Place of the entry in the hash chain; null for an entry about reading, which is outside the chain")
        Long sequence,

        @Schema(description = "Time of the action") Instant happenedAt,

        @Schema(implementation = AuditCallerKind.class, description = "Kind of caller", examples = "chave")
        String callerKind,

        @Schema(
                implementation = Role.class,
                nullable = true,
                description = "Role of the caller at that time; null for the server itself",
                examples = "Administrador")
        String callerRole,

        @Schema(
                nullable = true,
                description = "Id of the API key or of the internal user; null for other kinds of caller")
        Long callerId,

        @Schema(
                description =
                        "`operationId` of the operation in this description, or an action of the server itself, such as `endUserErased`",
                examples = "createUser")
        String action,

        @Schema(description = "Path of the request", examples = "/clients/1/users")
        String target,

        @Schema(
                nullable = true,
                description = "IP address of the caller; null for the server itself",
                examples = "192.0.2.7")
        String origin,

        @Schema(
                nullable = true,
                description =
                        "SHA-256 over this entry and the hash of the previous one, in hexadecimal; null outside the chain",
                examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String hash) {}
