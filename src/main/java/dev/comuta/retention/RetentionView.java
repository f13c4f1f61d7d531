package dev.comuta.retention;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many days a client's data are kept.
 *
 * @param contentDays messages, from the end of their session
 * @param mediaDays references to media, from the end of their session
 * @param eventDays events
 * @param updatedAt null when the client never said anything about it
 */
@Schema(name = "Retention")
record RetentionView(int contentDays, int mediaDays, int eventDays, Instant updatedAt) {}
