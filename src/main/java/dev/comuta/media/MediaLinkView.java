package dev.comuta.media;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A link to a file. */
@Schema(name = "MediaLink", description = "A link with which a file can be read without a key.")
public record MediaLinkView(
        @Schema(
                description = "Address of the file",
                examples = "https://comuta.example/media/AAAAAAAAAAEAAAAAAAAAAQAAAABpZ0sA")
        String url,

        @Schema(description = "When the link ends") Instant expiresAt) {

    /** The link is a secret. */
    @Override
    public String toString() {
        return "MediaLinkView[" + expiresAt + "]";
    }
}
