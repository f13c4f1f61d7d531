package dev.comuta.event;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of Events, read-only. */
@Entity
@Immutable
@Table(name = "Events")
class StoredEvent {

    @Id
    @Column(name = "EventID")
    private long eventId;

    @Column(name = "ClientID")
    private Long clientId;

    @Column(name = "SessionID")
    private Long sessionId;

    @Column(name = "EventType")
    private String eventType;

    @Column(name = "EventData")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> eventData;

    @Column(name = "Timestamp")
    private Instant timestamp;

    EventView view() {
        return new EventView(eventId, clientId, sessionId, eventType, eventData, timestamp);
    }

    long eventId() {
        return eventId;
    }
}
