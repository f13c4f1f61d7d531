package dev.comuta.retention;

import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.rest.Revision;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A row of RetentionPolicies. */
@Entity
@Table(name = "RetentionPolicies")
class RetentionPolicy {

    @Id
    @Column(name = "ClientID")
    private long clientId;

    @Column(name = "ContentDays")
    private Integer contentDays;

    @Column(name = "MediaDays")
    private Integer mediaDays;

    @Column(name = "EventDays")
    private Integer eventDays;

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    RetentionPolicy change(RetentionFields fields, Instant now) {
        contentDays = fields.contentDays();
        mediaDays = fields.mediaDays();
        eventDays = fields.eventDays();
        updatedAt = now;
        return this;
    }

    Revision<RetentionFields> fields() {
        return new Revision<>(new RetentionFields(contentDays, mediaDays, eventDays), version);
    }

    Revision<RetentionView> view(RetentionConfig defaults) {
        RetentionView view = new RetentionView(
                contentDays == null ? defaults.contentDays() : contentDays,
                mediaDays == null ? defaults.mediaDays() : mediaDays,
                eventDays == null ? defaults.eventDays() : eventDays,
                updatedAt);
        return new Revision<>(view, version);
    }
}
