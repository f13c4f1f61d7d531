package dev.comuta.channel.template;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of Templates, for reading only. */
@Entity
@Immutable
@Table(name = "Templates")
class StoredTemplate {

    @Id
    @Column(name = "TemplateID")
    private long templateId;

    @Column(name = "ClientID")
    private long clientId;

    @Column(name = "ChannelID")
    private long channelId;

    @Column(name = "Name")
    private String name;

    @Column(name = "Language")
    private String language;

    @Column(name = "Category")
    private String category;

    @Column(name = "Status")
    private String status;

    @Column(name = "Quality")
    private String quality;

    @Column(name = "Reason")
    private String reason;

    @Column(name = "Components")
    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> components;

    @Column(name = "ProviderID")
    private String providerId;

    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt")
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    long templateId() {
        return templateId;
    }

    TemplateView view() {
        return new TemplateView(
                templateId,
                clientId,
                channelId,
                name,
                language,
                category,
                status,
                quality,
                reason,
                parts(new JsonObject(components)),
                providerId,
                version,
                createdAt,
                updatedAt);
    }

    /** The value of the column Components. */
    static JsonObject stored(List<TemplateComponent> components) {
        JsonArray parts = new JsonArray();
        components.forEach(component -> parts.add(JsonObject.mapFrom(component)));
        return new JsonObject().put("parts", parts);
    }

    /** The parts in a value of the column Components. */
    static List<TemplateComponent> parts(JsonObject stored) {
        return stored.getJsonArray("parts", new JsonArray()).stream()
                .map(part -> ((part instanceof JsonObject json) ? json : new JsonObject(map(part)))
                        .mapTo(TemplateComponent.class))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object part) {
        return (Map<String, Object>) part;
    }
}
