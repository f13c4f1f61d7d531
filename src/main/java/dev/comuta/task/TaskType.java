package dev.comuta.task;

import dev.comuta.event.EventType;
import dev.comuta.platform.openapi.ApiValueSets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A type of task. The lowest room that requests it declares it as a CDI bean (a static producer field); any room may
 * handle it ({@link TaskHandler}).
 *
 * @param stored the stored name, as in BackgroundTasks.TaskType
 * @param defaultQueue the queue of tasks whose request names none
 * @param completionEvent the event of a successful task; empty for internal types, whose handlers write events of the
 *     domain. A type with a completion event also writes 'TarefaIniciada' when it is requested
 */
@Schema(
        name = "TaskType",
        type = SchemaType.STRING,
        description = "Type of a background task.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public record TaskType(String stored, TaskQueue defaultQueue, Optional<EventType> completionEvent) {

    /** A type whose tasks record no event when they are requested or when they complete. */
    public static TaskType silent(String stored, TaskQueue defaultQueue) {
        return new TaskType(stored, defaultQueue, Optional.empty());
    }

    /** A type whose tasks clients see: they write 'TarefaIniciada' and the completion event. */
    public static TaskType visible(String stored, TaskQueue defaultQueue, EventType completionEvent) {
        return new TaskType(stored, defaultQueue, Optional.of(completionEvent));
    }
}
