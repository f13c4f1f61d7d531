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

/** A row of ClientAssistants. */
@Entity
@Table(name = "ClientAssistants")
class ClientAssistant extends Versioned {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ClientAssistantID")
    private Long clientAssistantId;

    @Column(name = "ClientID", updatable = false)
    private long clientId;

    @Column(name = "AssistantID", updatable = false)
    private long assistantId;

    @Column(name = "Configuration")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> configuration;

    @Column(name = "Credentials")
    private String credentials;

    ClientAssistant() {}

    ClientAssistant(long clientId, long assistantId, Instant now) {
        super(now);
        this.clientId = clientId;
        this.assistantId = assistantId;
    }

    ClientAssistant change(Map<String, Object> nextConfiguration, String sealedCredentials, Instant now) {
        configuration = nextConfiguration;
        credentials = sealedCredentials;
        changed(now);
        return this;
    }

    Revision<AssistantUseFields> fields(EngineCredentials opened) {
        return revision(new AssistantUseFields(configuration, opened));
    }

    String credentials() {
        return credentials;
    }

    Revision<ClientAssistantView> view() {
        ClientAssistantView view = new ClientAssistantView(
                clientAssistantId, clientId, assistantId, configuration, createdAt(), updatedAt());
        return revision(view);
    }

    long clientAssistantId() {
        return clientAssistantId;
    }

    long assistantId() {
        return assistantId;
    }
}
