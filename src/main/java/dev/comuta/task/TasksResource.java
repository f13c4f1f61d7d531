package dev.comuta.task;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Background tasks of a client. */
@Path("/clients/{clientId}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
class TasksResource {

    private final TaskService tasks;
    private final IdempotencyKeys keys;

    TasksResource(TaskService tasks, IdempotencyKeys keys) {
        this.tasks = tasks;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.TASKS_READ)
    @Operation(
            operationId = "listTasks",
            summary = "List background tasks",
            description = "Lists tasks in the order in which they were requested.")
    public Uni<Page<TaskView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("taskType")
                    @Parameter(description = "Only tasks of this type", schema = @Schema(ref = "TaskType"))
                    String taskType,
            @QueryParam("status")
                    @Parameter(
                            description = "Only tasks in this state",
                            schema = @Schema(implementation = TaskStatus.class))
                    String status,
            @QueryParam("sessionId")
                    @Parameter(description = "Only tasks of this session", schema = @Schema(type = SchemaType.INTEGER))
                    String sessionId) {
        Long session = Numbers.parseOptional("sessionId", sessionId);
        TaskList.Filter filter = new TaskList.Filter(taskType, status, session);
        return tasks.list(clientId, page, filter);
    }

    @GET
    @Path("/{taskId}")
    @Requires(Permission.TASKS_READ)
    @Operation(operationId = "getTask", summary = "Get a background task", description = "Returns a background task.")
    public Uni<TaskView> get(@PathParam("clientId") long clientId, @PathParam("taskId") long taskId) {
        return tasks.get(clientId, taskId);
    }

    @POST
    @Path("/{taskId}/retry")
    @Requires(Permission.TASKS_WRITE)
    @Operation(
            operationId = "retryTask",
            summary = "Retry a failed task",
            description =
                    "Sets a task that is `Falhou` to `Pendente` with all its attempts; also a task that is `Concluída` and sent a message, or a part of one, that is `Falhou` by a later report of the provider. 409 for any other task, or while later tasks of the same session and kind are open: retry when they have ended.")
    @APIResponse(
            responseCode = "200",
            description = "`Pendente` again",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> retry(
            @PathParam("clientId") long clientId, @PathParam("taskId") long taskId, @BeanParam IdempotencyKey key) {
        return tasks.retry(clientId, taskId, keys.once(key, null, RestResponse::ok));
    }

    @POST
    @Path("/{taskId}/cancel")
    @Requires(Permission.TASKS_WRITE)
    @Operation(
            operationId = "cancelTask",
            summary = "Cancel an open task",
            description =
                    "Sets a task that has not ended to `Cancelada`. The result of an attempt that is running is dropped. A task that has ended cannot be canceled (409), nor can one whose work would remain half done: `Apagamento`, `ConfirmaçãoEnvio`, `ReplayEstacionados`.")
    @APIResponse(
            responseCode = "200",
            description = "`Cancelada`",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> cancel(
            @PathParam("clientId") long clientId, @PathParam("taskId") long taskId, @BeanParam IdempotencyKey key) {
        return tasks.cancel(clientId, taskId, keys.once(key, null, RestResponse::ok));
    }
}
