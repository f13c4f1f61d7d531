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

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    ClientAssistant() {}

    ClientAssistant(long clientId, ClientAssistantFields fields, Instant now) {
        this.clientId = clientId;
        assistantId = fields.assistantId();
        createdAt = now;
        change(new ClientAssistantConfiguration(fields.configuration()), now);
    }

    final ClientAssistant change(ClientAssistantConfiguration next, Instant now) {
        configuration = next.configuration();
        updatedAt = now;
        return this;
    }

    Revision<ClientAssistantConfiguration> fields() {
        return new Revision<>(new ClientAssistantConfiguration(configuration), version);
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
