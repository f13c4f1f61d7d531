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
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of Assistants. */
@Entity
@Table(name = "Assistants")
class Assistant extends Versioned {

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

    Assistant() {}

    Assistant(AssistantFields fields, Instant now) {
        super(now);
        change(fields, now);
    }

    final Assistant change(AssistantFields fields, Instant now) {
        assistantName = fields.assistantName();
        specialization = fields.specialization();
        implementationReference = fields.implementationReference();
        configuration = fields.configuration();
        changed(now);
        return this;
    }

    Revision<AssistantFields> fields() {
        return revision(new AssistantFields(assistantName, specialization, implementationReference, configuration));
    }

    Revision<AssistantView> view() {
        AssistantView view = new AssistantView(
                assistantId,
                assistantName,
                specialization,
                implementationReference,
                configuration,
                createdAt(),
                updatedAt());
        return revision(view);
    }

    long assistantId() {
        return assistantId;
    }
}
