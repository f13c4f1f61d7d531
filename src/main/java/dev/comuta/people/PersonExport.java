package dev.comuta.people;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All that is kept about an end user.
 *
 * @param data lists by what they hold: endUser, identities, consents, sessions, messages, media, tasks, events
 */
@Schema(name = "PersonExport")
record PersonExport(
        long endUserId,
        Instant exportedAt,

        @Schema(examples = "{\"identities\": [{\"kind\": \"phone\", \"value\": \"+5511998765432\"}]}")
        Map<String, Object> data) {}
