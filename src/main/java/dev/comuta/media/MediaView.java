package dev.comuta.media;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file. */
@Schema(name = "Media", description = "A file of a message, or an uploaded file.")
public record MediaView(
        @Schema(description = "Id of the file") long mediaId,

        @Schema(implementation = FileKind.class, description = "Kind of file")
        String kind,

        @Schema(implementation = MediaStatus.class, description = "State of the file")
        String status,

        @Schema(
                nullable = true,
                description = "Why the file is held or not available, in Portuguese; null when it can be read",
                examples = "o arquivo é maior que o limite de 5 MB")
        String statusReason,

        @Schema(
                nullable = true,
                description =
                        "Result of the virus scanner: `Limpo`, `Infectado`, or `Não Verificado` when it did not answer; null when no scanner is configured",
                examples = "Limpo")
        String scan,

        @Schema(
                nullable = true,
                description = "Media type by the file's first bytes; null while it is not stored",
                examples = "application/pdf")
        String mimeType,

        @Schema(nullable = true, description = "Name of the file; null when there is none", examples = "planta.pdf")
        String fileName,

        @Schema(nullable = true, description = "Number of bytes; null while it is not stored", examples = "482113")
        Long size,

        @Schema(
                nullable = true,
                description = "SHA-256 of the file in hexadecimal; null while it is not stored",
                examples = "09ca7e4eaa6e8ae9c7d261167129184883644d07dfba7cbfbc4c8a2e08360d5b")
        String sha256,

        @Schema(
                nullable = true,
                description =
                        "Session of the message with the file; null for an uploaded file, which several messages may send")
        Long sessionId,

        @Schema(nullable = true, description = "Message with the file; null for an uploaded file")
        Long messageId,

        @Schema(description = "When the message arrived, or the file was uploaded")
        Instant createdAt,

        @Schema(nullable = true, description = "When the file was stored; null while it is not stored")
        Instant storedAt) {

    static MediaView of(StoredMedia row) {
        return new MediaView(
                row.mediaId(),
                row.kind(),
                row.status(),
                row.statusReason(),
                row.scan(),
                row.mimeType(),
                row.fileName(),
                row.size(),
                row.sha256(),
                row.sessionId(),
                row.messageId(),
                row.createdAt(),
                row.storedAt());
    }
}
