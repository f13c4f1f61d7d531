package dev.comuta.alert;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import org.hibernate.annotations.DynamicUpdate;

/** A row of Alerts. An update writes only the columns that a person changed, because occurrences are counted by SQL. */
@Entity
@DynamicUpdate
@Table(name = "Alerts")
class StoredAlert {

    @Id
    @Column(name = "AlertID")
    private long alertId;

    @Column(name = "ClientID", updatable = false)
    private Long clientId;

    @Column(name = "Cause", updatable = false)
    private String cause;

    @Column(name = "Detail", updatable = false)
    private String detail;

    @Column(name = "TechnicalDetail", updatable = false)
    private String technicalDetail;

    @Column(name = "Status")
    private String status;

    @Column(name = "Occurrences", updatable = false)
    private int occurrences;

    @Column(name = "FirstAt", updatable = false)
    private Instant firstAt;

    @Column(name = "LastAt", updatable = false)
    private Instant lastAt;

    @Column(name = "AcknowledgedAt")
    private Instant acknowledgedAt;

    @Column(name = "ResolvedAt")
    private Instant resolvedAt;

    /** Moves the alert to a later state. Fails with a conflict when it has already reached or passed that state. */
    StoredAlert become(AlertStatus next, Instant now) {
        if (!current().canBecome(next)) {
            throw Problem.of(ProblemType.CONFLICT, "the alert is already '" + status + "'");
        }
        status = next.stored();
        if (next == AlertStatus.ACKNOWLEDGED) {
            acknowledgedAt = now;
        } else {
            resolvedAt = now;
        }
        return this;
    }

    private AlertStatus current() {
        return Arrays.stream(AlertStatus.values())
                .filter(known -> known.stored().equals(status))
                .findFirst()
                .orElse(AlertStatus.OPEN);
    }

    AlertView view() {
        return new AlertView(
                alertId,
                clientId,
                cause,
                detail,
                technicalDetail,
                status,
                occurrences,
                firstAt,
                lastAt,
                acknowledgedAt,
                resolvedAt);
    }

    long alertId() {
        return alertId;
    }
}
