package dev.comuta.client;

import dev.comuta.platform.Revision;
import dev.comuta.platform.Standing;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A row of Clients. */
@Entity
@Table(name = "Clients")
class Client {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ClientID")
    private Long clientId;

    @Column(name = "ClientName")
    private String clientName;

    @Column(name = "AdditionalInfo")
    private String additionalInfo;

    @Column(name = "Status")
    private String status;

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    Client() {}

    Client(ClientFields fields, Instant now) {
        createdAt = now;
        change(fields, now);
    }

    final Client change(ClientFields fields, Instant now) {
        clientName = fields.clientName();
        additionalInfo = fields.additionalInfo();
        status = Standing.orActive(fields.status());
        updatedAt = now;
        return this;
    }

    Client deactivate(Instant now) {
        status = Standing.INACTIVE;
        updatedAt = now;
        return this;
    }

    Revision<ClientFields> fields() {
        return new Revision<>(new ClientFields(clientName, additionalInfo, status), version);
    }

    Revision<ClientView> view() {
        return new Revision<>(
                new ClientView(clientId, clientName, additionalInfo, status, createdAt, updatedAt), version);
    }
}
