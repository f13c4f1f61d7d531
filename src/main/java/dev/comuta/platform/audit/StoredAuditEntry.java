package dev.comuta.platform.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import org.hibernate.annotations.Immutable;

/** A row of AuditEntries, read-only. */
@Entity
@Immutable
@Table(name = "AuditEntries")
class StoredAuditEntry {

    @Id
    @Column(name = "AuditID")
    private long auditId;

    @Column(name = "ClientID")
    private Long clientId;

    @Column(name = "Sequence")
    private Long sequence;

    @Column(name = "HappenedAt")
    private Instant happenedAt;

    @Column(name = "CallerKind")
    private String callerKind;

    @Column(name = "CallerRole")
    private String callerRole;

    @Column(name = "CallerID")
    private Long callerId;

    @Column(name = "Action")
    private String action;

    @Column(name = "Target")
    private String target;

    @Column(name = "Origin")
    private String origin;

    @Column(name = "Hash")
    private byte[] hash;

    AuditEntryView view() {
        String hex = hash == null ? null : HexFormat.of().formatHex(hash);
        return new AuditEntryView(
                auditId, clientId, sequence, happenedAt, callerKind, callerRole, callerId, action, target, origin, hex);
    }

    long auditId() {
        return auditId;
    }
}
