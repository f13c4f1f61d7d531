package dev.comuta.assistant;

import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of AssistantTools. Secrets are not in the column Configuration, but sealed in Credentials. */
@Entity
@Table(name = "AssistantTools")
class Tool extends Versioned {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ToolID")
    private Long toolId;

    @Column(name = "ClientID", updatable = false)
    private long clientId;

    @Column(name = "AssistantID", updatable = false)
    private long assistantId;

    @Column(name = "ToolName")
    private String toolName;

    @Column(name = "TaskType")
    private String taskType;

    @Column(name = "Description")
    private String description;

    @Column(name = "Configuration")
    @JdbcTypeCode(SqlTypes.JSON)
    private ToolConfiguration configuration;

    @Column(name = "Credentials")
    private String credentials;

    Tool() {}

    Tool(long clientId, long assistantId, Instant now) {
        super(now);
        this.clientId = clientId;
        this.assistantId = assistantId;
    }

    Tool change(ToolFields fields, String sealedCredentials, Instant now) {
        toolName = fields.toolName();
        taskType = fields.taskType();
        description = fields.description();
        configuration = fields.configuration().with((Authentication) null).masked();
        credentials = sealedCredentials;
        changed(now);
        return this;
    }

    Revision<ToolFields> fields(ToolSecrets opened) {
        return revision(new ToolFields(toolName, taskType, description, configuration.with(opened)));
    }

    Revision<ToolView> view(ToolSecrets opened) {
        return revision(new ToolView(
                toolId,
                clientId,
                assistantId,
                toolName,
                taskType,
                description,
                configuration.with(opened).masked(),
                createdAt(),
                updatedAt()));
    }

    String credentials() {
        return credentials;
    }

    long toolId() {
        return toolId;
    }
}
