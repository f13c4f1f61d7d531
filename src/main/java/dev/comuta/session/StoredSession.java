package dev.comuta.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of Sessions, for reading only. */
@Entity
@Immutable
@Table(name = "Sessions")
class StoredSession {

    @Id
    @Column(name = "SessionID")
    private long sessionId;

    @Column(name = "ClientID")
    private long clientId;

    @Column(name = "ChannelID")
    private long channelId;

    @Column(name = "UserID")
    private Long userId;

    @Column(name = "EndUserID")
    private Long endUserId;

    @Column(name = "AssistantID")
    private Long assistantId;

    @Column(name = "LiveKitRoomID")
    private String liveKitRoomId;

    @Column(name = "SessionType")
    private String sessionType;

    @Column(name = "StartTime")
    private Instant startTime;

    @Column(name = "EndTime")
    private Instant endTime;

    @Column(name = "LastMessageAt")
    private Instant lastMessageAt;

    @Column(name = "WindowEndsAt")
    private Instant windowEndsAt;

    @Column(name = "HandedOffAt")
    private Instant handedOffAt;

    SessionView view() {
        return new SessionView(
                sessionId,
                clientId,
                channelId,
                userId,
                endUserId,
                assistantId,
                liveKitRoomId,
                sessionType,
                startTime,
                endTime,
                lastMessageAt,
                windowEndsAt,
                handedOffAt);
    }
}
