package dev.comuta.people;

import dev.comuta.platform.PhoneNumber;
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

/** A row of ClientUsers. */
@Entity
@Table(name = "ClientUsers")
class ClientUser {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "UserID")
    private Long userId;

    @Column(name = "ClientID", updatable = false)
    private long clientId;

    @Column(name = "UserName")
    private String userName;

    @Column(name = "UserRole")
    private String userRole;

    @Column(name = "Email")
    private String email;

    @Column(name = "PhoneNumber")
    private String phoneNumber;

    @Column(name = "ExternalUserID")
    private String externalUserId;

    @Column(name = "Status")
    private String status;

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    ClientUser() {}

    ClientUser(long clientId, UserFields fields, Instant now) {
        this.clientId = clientId;
        createdAt = now;
        change(fields, now);
    }

    final ClientUser change(UserFields fields, Instant now) {
        userName = fields.userName();
        userRole = fields.userRole();
        email = fields.email();
        phoneNumber = PhoneNumber.e164OrNull("phoneNumber", fields.phoneNumber());
        externalUserId = fields.externalUserId();
        status = Standing.orActive(fields.status());
        updatedAt = now;
        return this;
    }

    ClientUser deactivate(Instant now) {
        status = Standing.INACTIVE;
        updatedAt = now;
        return this;
    }

    Revision<UserFields> fields() {
        return new Revision<>(new UserFields(userName, userRole, email, phoneNumber, externalUserId, status), version);
    }

    Revision<UserView> view() {
        UserView view = new UserView(
                userId, clientId, userName, userRole, email, phoneNumber, externalUserId, status, createdAt, updatedAt);
        return new Revision<>(view, version);
    }

    long userId() {
        return userId;
    }
}
