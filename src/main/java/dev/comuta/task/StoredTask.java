package dev.comuta.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of BackgroundTasks, read-only. */
@Entity
@Immutable
@Table(name = "BackgroundTasks")
class StoredTask {

    @Id
    @Column(name = "TaskID")
    private long taskId;

    @Column(name = "ClientID")
    private Long clientId;

    @Column(name = "SessionID")
    private Long sessionId;

    @Column(name = "TaskType")
    private String taskType;

    @Column(name = "Status")
    private String status;

    @Column(name = "RequestData")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> requestData;

    @Column(name = "ResultData")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> resultData;

    @Column(name = "Attempts")
    private int attempts;

    @Column(name = "LastError")
    private String lastError;

    @Column(name = "CreatedAt")
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    TaskView view() {
        return new TaskView(
                taskId,
                clientId,
                sessionId,
                taskType,
                status,
                requestData,
                resultData,
                attempts,
                lastError,
                createdAt,
                updatedAt);
    }

    long taskId() {
        return taskId;
    }
}
