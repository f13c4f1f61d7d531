package dev.comuta.assistant;

import dev.comuta.platform.Revision;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of Assistants. */
@Entity
@Table(name = "Assistants")
class Assistant {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "AssistantID")
    private Long assistantId;

    @Column(name = "AssistantName")
    private String assistantName;

    @Column(name = "Specialization")
    private String specialization;

    @Column(name = "ImplementationReference")
    private String implementationReference;

    @Column(name = "Configuration")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> configuration;

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    Assistant() {}

    Assistant(AssistantFields fields, Instant now) {
        createdAt = now;
        change(fields, now);
    }

    final Assistant change(AssistantFields fields, Instant now) {
        assistantName = fields.assistantName();
        specialization = fields.specialization();
        implementationReference = fields.implementationReference();
        configuration = fields.configuration();
        updatedAt = now;
        return this;
    }

    Revision<AssistantFields> fields() {
        return new Revision<>(
                new AssistantFields(assistantName, specialization, implementationReference, configuration), version);
    }

    Revision<AssistantView> view() {
        AssistantView view = new AssistantView(
                assistantId,
                assistantName,
                specialization,
                implementationReference,
                configuration,
                createdAt,
                updatedAt);
        return new Revision<>(view, version);
    }

    long assistantId() {
        return assistantId;
    }
}
