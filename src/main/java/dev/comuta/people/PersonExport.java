package dev.comuta.people;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Everything that is stored about an end user. */
@Schema(name = "PersonExport", description = "Everything that is stored about an end user.")
record PersonExport(
        long endUserId,

        @Schema(description = "When the export was made") Instant exportedAt,

        @Schema(
                description =
                        "Everything that is stored about the end user: the lists `endUser`, `identities`, `consents`, `sessions`, `messages`, `media`, `tasks` and `events`. Media are listed as the provider's references.",
                examples = "{\"identities\": [{\"kind\": \"phone\", \"value\": \"+5511998765432\"}]}")
        Map<String, Object> data) {}
