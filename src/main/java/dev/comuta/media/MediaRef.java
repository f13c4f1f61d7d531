package dev.comuta.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file as its provider refers to it. A field that the provider does not give is null.
 *
 * @param providerId the provider's id of the file
 * @param url the address of the file at the provider; reading it needs the channel's credentials
 * @param mimeType the declared type, a claim that the first bytes must confirm
 * @param fileName the name that the sender gave it
 * @param sha256 the checksum as the provider writes it
 * @param mediaId the row of MediaObjects, under which the file is stored and read; null when it has none. An outgoing
 *     message with an uploaded file has only this, and the file's type and name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "MediaRef",
        description =
                "A file as its provider refers to it. A message to send needs exactly one of `mediaId`, `url` (https, readable by the provider) and `providerId`; its `fileName` has at most 240 characters.")
public record MediaRef(
        @Schema(description = "The provider's id of the file", examples = "1013859600285441")
        String providerId,

        @Schema(
                description = "Address of the file at the provider; reading it needs credentials",
                examples = "https://gateway.example.com/media/1")
        String url,

        @Schema(description = "Declared media type (RFC 6838)", examples = "audio/ogg")
        String mimeType,

        @Schema(description = "File name that the sender gave", examples = "planta.pdf")
        String fileName,

        @Schema(
                description = "Checksum, in the provider's spelling",
                examples = "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=")
        String sha256,

        @Schema(
                description =
                        "Id of the file here, for `getMedia` and `createMediaLink`; in a message to send, the id of a file of `uploadMedia`",
                examples = "4711")
        Long mediaId) {

    /** A file that is not stored here. */
    public MediaRef(String providerId, String url, String mimeType, String fileName, String sha256) {
        this(providerId, url, mimeType, fileName, sha256, null);
    }
}
