package dev.comuta.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of Consents. */
@Entity
@Immutable
@Table(name = "Consents")
class Consent {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ConsentID")
    private Long consentId;

    @Column(name = "ClientID")
    private long clientId;

    @Column(name = "EndUserID")
    private long endUserId;

    @Column(name = "ChannelType")
    private String channelType;

    @Column(name = "Purpose")
    private String purpose;

    @Column(name = "Status")
    private String status;

    @Column(name = "Source")
    private String source;

    @Column(name = "MessageID")
    private Long messageId;

    @Column(name = "RecordedAt")
    private Instant recordedAt;

    Consent() {}

    Consent(long clientId, long endUserId, ConsentFields fields, Instant now) {
        this.clientId = clientId;
        this.endUserId = endUserId;
        channelType = fields.channelType();
        purpose = fields.purpose();
        status = fields.status();
        source = fields.source();
        recordedAt = now;
    }

    ConsentView view() {
        return new ConsentView(consentId, endUserId, channelType, purpose, status, source, messageId, recordedAt);
    }

    long consentId() {
        return consentId;
    }
}
