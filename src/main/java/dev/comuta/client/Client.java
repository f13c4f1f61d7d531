package dev.comuta.client;

import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of Clients. */
@Entity
@Table(name = "Clients")
class Client extends Versioned {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ClientID")
    private Long clientId;

    @Column(name = "ClientName")
    private String clientName;

    @Column(name = "AdditionalInfo")
    private String additionalInfo;

    @Column(name = "HandOverMails")
    private boolean handOverMails;

    @Column(name = "Status")
    private String status;

    Client() {}

    Client(ClientFields fields, Instant now) {
        super(now);
        change(fields, now);
    }

    final Client change(ClientFields fields, Instant now) {
        clientName = fields.clientName();
        additionalInfo = fields.additionalInfo();
        handOverMails = !Boolean.FALSE.equals(fields.handOverMails());
        status = ActivationStatus.orActive(fields.status());
        changed(now);
        return this;
    }

    boolean isActive() {
        return ActivationStatus.ACTIVE.equals(status);
    }

    Client deactivate(Instant now) {
        status = ActivationStatus.INACTIVE;
        changed(now);
        return this;
    }

    Revision<ClientFields> fields() {
        return revision(new ClientFields(clientName, additionalInfo, handOverMails, status));
    }

    Revision<ClientView> view() {
        return revision(
                new ClientView(clientId, clientName, additionalInfo, handOverMails, status, createdAt(), updatedAt()));
    }
}
