package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of ClientUsers. */
@Entity
@Table(name = "ClientUsers")
class ClientUser extends Versioned {

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

    @Column(name = "HandOverMails")
    private boolean handOverMails;

    @Column(name = "Status")
    private String status;

    ClientUser() {}

    ClientUser(long clientId, UserFields fields, Instant now) {
        super(now);
        this.clientId = clientId;
        change(fields, now);
    }

    final ClientUser change(UserFields fields, Instant now) {
        userName = fields.userName();
        userRole = fields.userRole();
        email = fields.email();
        phoneNumber = PhoneNumber.e164OrNull("phoneNumber", fields.phoneNumber(), phoneNumber);
        externalUserId = fields.externalUserId();
        handOverMails = !Boolean.FALSE.equals(fields.handOverMails());
        status = ActivationStatus.orActive(fields.status());
        changed(now);
        return this;
    }

    ClientUser deactivate(Instant now) {
        status = ActivationStatus.INACTIVE;
        changed(now);
        return this;
    }

    Revision<UserFields> fields() {
        return revision(new UserFields(userName, userRole, email, phoneNumber, externalUserId, handOverMails, status));
    }

    Revision<UserView> view() {
        UserView view = new UserView(
                userId,
                clientId,
                userName,
                userRole,
                email,
                phoneNumber,
                externalUserId,
                handOverMails,
                status,
                createdAt(),
                updatedAt());
        return revision(view);
    }

    long userId() {
        return userId;
    }
}
