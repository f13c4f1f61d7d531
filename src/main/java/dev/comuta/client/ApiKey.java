package dev.comuta.client;

import dev.comuta.platform.Revision;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A row of ApiKeys: the key's fingerprint, never the key. */
@Entity
@Table(name = "ApiKeys")
class ApiKey {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ApiKeyID")
    private Long apiKeyId;

    @Column(name = "ClientID", updatable = false)
    private long clientId;

    @Column(name = "KeyName")
    private String name;

    @Column(name = "KeyPrefix")
    private String prefix;

    @Column(name = "KeyHash")
    private byte[] hash;

    @Column(name = "RevokedAt")
    private Instant revokedAt;

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    ApiKey() {}

    ApiKey(long clientId, String name, String prefix, byte[] hash, Instant now) {
        this.clientId = clientId;
        this.name = name;
        this.prefix = prefix;
        this.hash = hash.clone();
        this.createdAt = now;
    }

    ApiKey revoke(Instant now) {
        revokedAt = revokedAt == null ? now : revokedAt;
        return this;
    }

    ApiKey rename(ApiKeyFields fields) {
        name = fields.name();
        return this;
    }

    Revision<ApiKeyFields> fields() {
        return new Revision<>(new ApiKeyFields(name), version);
    }

    Revision<ApiKeyView> view() {
        return new Revision<>(new ApiKeyView(apiKeyId, name, prefix, createdAt, revokedAt), version);
    }

    NewApiKey issued(KeyText key) {
        return new NewApiKey(apiKeyId, name, prefix, key.text(), createdAt);
    }
}
