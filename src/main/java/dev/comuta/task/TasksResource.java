package dev.comuta.task;

import dev.comuta.platform.Numbers;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Background tasks of a client. */
@Path("/clients/{clientId}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks", description = "What happens in the background")
class TasksResource {

    private final Transactions transactions;

    TasksResource(Transactions transactions) {
        this.transactions = transactions;
    }

    @GET
    @Operation(operationId = "listTasks", summary = "List background tasks")
    public Uni<Page<TaskView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("taskType") String taskType,
            @QueryParam("status") String status,
            @QueryParam("sessionId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String sessionId) {
        Long session = Numbers.parseOptional("sessionId", sessionId);
        TaskList.Filter filter = new TaskList.Filter(taskType, status, session);
        return transactions.inTenant(clientId, tx -> TaskList.page(tx, clientId, page, filter));
    }

    @GET
    @Path("/{taskId}")
    @Operation(operationId = "getTask", summary = "Read a background task")
    public Uni<TaskView> get(@PathParam("clientId") long clientId, @PathParam("taskId") long taskId) {
        return transactions.inTenant(clientId, tx -> TaskList.get(tx, clientId, taskId));
    }
}
