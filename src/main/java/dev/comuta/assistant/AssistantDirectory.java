package dev.comuta.assistant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds an assistant of a client with its configuration, credentials and tools. Caches it until it changes. */
@ApplicationScoped
public class AssistantDirectory {

    private static final String ASSISTANT = """
            select a.AssistantID, a.ImplementationReference, coalesce(c.Configuration, a.Configuration) as Configuration,
                   c.Credentials
            from ClientAssistants c join Assistants a on a.AssistantID = c.AssistantID
            where c.ClientID = $1 and c.AssistantID = $2""";
    private static final String TOOLS = """
            select ToolID, ToolName, TaskType, Description, Configuration, Credentials
            from AssistantTools where ClientID = $1 and AssistantID = $2 order by ToolID""";

    private static final String CONFIGURATION = """
            select coalesce(c.Configuration, a.Configuration) as Configuration
            from Assistants a
            left join ClientAssistants c on c.AssistantID = a.AssistantID and c.ClientID = $1
            where a.AssistantID = $2""";

    private static final int MAX_CACHED = 10_000;

    private final Cache<AssistantState, AssistantSetup> setups =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    private final Secrets secrets;
    private final Credentials credentials;

    AssistantDirectory(Secrets secrets, Credentials credentials) {
        this.secrets = secrets;
        this.credentials = credentials;
    }

    /** One state of one assistant of one client. */
    private record AssistantState(long clientId, long assistantId, String stamp) {}

    /**
     * The assistant with its tools. It is cached under the stamp, which changes with the assistant, with the client's
     * use of it, and with each tool.
     *
     * @param stamp the result of {@code comuta_assistant_stamp} in the caller's transaction; null when the client does
     *     not have this assistant
     * @return null when the client does not have this assistant
     */
    public Uni<AssistantSetup> find(Tx tx, long clientId, long assistantId, String stamp) {
        if (stamp == null) {
            return Uni.createFrom().nullItem();
        }
        AssistantState key = new AssistantState(clientId, assistantId, stamp);
        AssistantSetup cached = setups.getIfPresent(key);
        return cached != null
                ? Uni.createFrom().item(cached)
                : load(tx, clientId, assistantId).invoke(setup -> cache(key, setup));
    }

    /**
     * The configuration of an assistant for a client, which may have ended its use; an empty object when there is none.
     * It opens no secret, so that it can be read when a secret cannot.
     */
    public Uni<JsonObject> configuration(Tx tx, long clientId, long assistantId) {
        return tx.find(CONFIGURATION, row -> row.getValue(0), clientId, assistantId)
                .map(stored -> stored instanceof JsonObject configuration ? configuration : new JsonObject());
    }

    /** The setup is null when the assistant was removed after the stamp was read. */
    private void cache(AssistantState key, AssistantSetup setup) {
        if (setup != null) {
            setups.put(key, setup);
        }
    }

    private Uni<AssistantSetup> load(Tx tx, long clientId, long assistantId) {
        return tx.list(TOOLS, this::tool, clientId, assistantId)
                .chain(tools -> tx.find(ASSISTANT, row -> assistant(row, tools), clientId, assistantId));
    }

    private ToolSetup tool(Row row) {
        String sealed = row.getString("credentials");
        JsonObject opened = sealed == null ? new JsonObject() : new JsonObject(secrets.open(sealed));
        return new ToolSetup(
                row.getLong("toolid"),
                row.getString("toolname"),
                row.getString("tasktype"),
                row.getString("description"),
                ToolSecrets.complete(row.getJsonObject("configuration"), opened),
                opened.getJsonObject("authentication"));
    }

    private AssistantSetup assistant(Row row, List<ToolSetup> tools) {
        JsonObject configuration = row.getJsonObject("configuration");
        return new AssistantSetup(
                row.getLong("assistantid"),
                row.getString("implementationreference"),
                configuration == null ? new JsonObject() : configuration,
                credentials.open(row.getString("credentials"), EngineCredentials.class),
                tools);
    }
}
