package dev.comuta.message;

import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of Messages, for reading only. */
@Entity
@Immutable
@Table(name = "Messages")
class StoredMessage {

    @Id
    @Column(name = "MessageID")
    private long messageId;

    @Column(name = "ClientID")
    private long clientId;

    @Column(name = "SessionID")
    private long sessionId;

    @Column(name = "SenderType")
    private String senderType;

    @Column(name = "ContentType")
    private String contentType;

    @Column(name = "Content")
    private String content;

    @Column(name = "ContentData")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> contentData;

    @Column(name = "Timestamp")
    private Instant timestamp;

    @Column(name = "Status")
    private String status;

    @Column(name = "TurnTaskID")
    private Long turnTaskId;

    MessageView view() {
        JsonObject data = contentData == null ? null : new JsonObject(contentData);
        return new MessageView(
                messageId,
                sessionId,
                senderType,
                ContentColumns.read(contentType, content, data),
                timestamp,
                status,
                turnTaskId);
    }

    long messageId() {
        return messageId;
    }
}
