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
@Tag(name = "Tasks", description = "What happens in the background")
class TasksResource {

    private final TaskService tasks;
    private final IdempotencyKeys keys;

    TasksResource(TaskService tasks, IdempotencyKeys keys) {
        this.tasks = tasks;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.TASKS_READ)
    @Operation(operationId = "listTasks", summary = "List background tasks")
    public Uni<Page<TaskView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("taskType") String taskType,
            @QueryParam("status") String status,
            @QueryParam("sessionId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String sessionId) {
        Long session = Numbers.parseOptional("sessionId", sessionId);
        TaskList.Filter filter = new TaskList.Filter(taskType, status, session);
        return tasks.list(clientId, page, filter);
    }

    @GET
    @Path("/{taskId}")
    @Requires(Permission.TASKS_READ)
    @Operation(operationId = "getTask", summary = "Read a background task")
    public Uni<TaskView> get(@PathParam("clientId") long clientId, @PathParam("taskId") long taskId) {
        return tasks.get(clientId, taskId);
    }

    @POST
    @Path("/{taskId}/retry")
    @Requires(Permission.TASKS_WRITE)
    @Operation(
            operationId = "retryTask",
            summary = "Try a failed task again",
            description =
                    "Only a task that is 'Falhou', and only when no later task of its kind is open in its session")
    @APIResponse(
            responseCode = "200",
            description = "'Pendente' again, with all its attempts",
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
            summary = "Take an open task back",
            description = "What an attempt that is under way comes to is dropped")
    @APIResponse(
            responseCode = "200",
            description = "'Cancelada'",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> cancel(
            @PathParam("clientId") long clientId, @PathParam("taskId") long taskId, @BeanParam IdempotencyKey key) {
        return tasks.cancel(clientId, taskId, keys.once(key, null, RestResponse::ok));
    }
}
