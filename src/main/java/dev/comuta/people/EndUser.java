package dev.comuta.people;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
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
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of ClientEndUsers. */
@Entity
@Table(name = "ClientEndUsers")
class EndUser extends Versioned {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "EndUserID")
    private Long endUserId;

    @Column(name = "ClientID", updatable = false)
    private long clientId;

    @Column(name = "UserID")
    private Long userId;

    @Column(name = "Name")
    private String name;

    @Column(name = "Email")
    private String email;

    @Column(name = "PhoneNumber")
    private String phoneNumber;

    @Column(name = "AdditionalInfo")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> additionalInfo;

    @Column(name = "Tags")
    private String[] tags = {};

    @Column(name = "Status")
    private String status;

    @Column(name = "MergedInto", insertable = false, updatable = false)
    private Long mergedInto;

    @Column(name = "ErasedAt", insertable = false, updatable = false)
    private Instant erasedAt;

    EndUser() {}

    EndUser(long clientId, EndUserFields fields, Instant now) {
        super(now);
        this.clientId = clientId;
        change(fields, now);
    }

    final EndUser change(EndUserFields fields, Instant now) {
        if (erasedAt != null) {
            throw Problem.of(ProblemType.CONFLICT, "the end user was erased");
        }
        requireNotMerged();
        if (fields.name() == null && fields.email() == null && fields.phoneNumber() == null) {
            throw Problem.invalid("name", "must be given when there is no email and no phoneNumber");
        }
        userId = fields.userId();
        name = fields.name();
        email = fields.email();
        phoneNumber = PhoneNumber.e164OrNull("phoneNumber", fields.phoneNumber(), phoneNumber);
        additionalInfo = fields.additionalInfo();
        tags = fields.differentTags().toArray(String[]::new);
        status = ActivationStatus.orActive(fields.status());
        changed(now);
        return this;
    }

    /** Fails with a conflict when the end user was merged into another one. */
    final EndUser requireNotMerged() {
        if (mergedInto != null) {
            throw Problem.of(ProblemType.CONFLICT, "the end user was merged into " + mergedInto + "; use that one");
        }
        return this;
    }

    EndUser deactivate(Instant now) {
        status = ActivationStatus.INACTIVE;
        changed(now);
        return this;
    }

    Revision<EndUserFields> fields() {
        return revision(new EndUserFields(userId, name, email, phoneNumber, additionalInfo, List.of(tags), status));
    }

    Revision<EndUserView> view() {
        EndUserView view = new EndUserView(
                endUserId,
                clientId,
                userId,
                name,
                email,
                phoneNumber,
                additionalInfo,
                List.of(tags),
                status,
                createdAt(),
                updatedAt(),
                mergedInto,
                erasedAt);
        return revision(view);
    }

    long endUserId() {
        return endUserId;
    }

    PersonRef ref() {
        return new PersonRef(clientId, endUserId);
    }

    /** {@return the key of the phone number, or null without a phone number} */
    String phoneIdentity() {
        return phoneNumber == null ? null : new PhoneNumber(phoneNumber).identityKey();
    }
}
