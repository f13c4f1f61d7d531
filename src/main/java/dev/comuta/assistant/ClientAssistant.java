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

/** A row of ClientAssistants. */
@Entity
@Table(name = "ClientAssistants")
class ClientAssistant {

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

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    ClientAssistant() {}

    ClientAssistant(long clientId, long assistantId, Instant now) {
        this.clientId = clientId;
        this.assistantId = assistantId;
        createdAt = now;
    }

    ClientAssistant change(Map<String, Object> nextConfiguration, String sealedCredentials, Instant now) {
        configuration = nextConfiguration;
        credentials = sealedCredentials;
        updatedAt = now;
        return this;
    }

    Revision<AssistantUseFields> fields(EngineCredentials opened) {
        return new Revision<>(new AssistantUseFields(configuration, opened), version);
    }

    String credentials() {
        return credentials;
    }

    Revision<ClientAssistantView> view() {
        ClientAssistantView view =
                new ClientAssistantView(clientAssistantId, clientId, assistantId, configuration, createdAt, updatedAt);
        return new Revision<>(view, version);
    }

    long clientAssistantId() {
        return clientAssistantId;
    }
}
