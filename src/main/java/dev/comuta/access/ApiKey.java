package dev.comuta.access;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of ApiKeys. It holds the fingerprint of the key, never the key itself. */
@Entity
@Table(name = "ApiKeys")
class ApiKey {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ApiKeyID")
    private Long apiKeyId;

    /** Null for a key of the platform. */
    @Column(name = "ClientID", updatable = false)
    private Long clientId;

    @Column(name = "UserID", updatable = false)
    private Long userId;

    @Column(name = "Role", updatable = false)
    private String role;

    @Column(name = "Scopes", updatable = false)
    private String scopes;

    @Column(name = "KeyName")
    private String name;

    @Column(name = "KeyPrefix", updatable = false)
    private String prefix;

    @Column(name = "KeyHash", updatable = false)
    private byte[] hash;

    @Column(name = "ExpiresAt")
    private Instant expiresAt;

    /** Written only by {@link KeyUses}. */
    @Column(name = "LastUsedAt", insertable = false, updatable = false)
    private Instant lastUsedAt;

    @Column(name = "ReplacedBy")
    private Long replacedBy;

    @Column(name = "RevokedAt")
    private Instant revokedAt;

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    ApiKey() {}

    ApiKey(Long clientId, NewKeyFields fields, Instant now) {
        this.clientId = clientId;
        this.userId = fields.userId();
        this.role = fields.storedRole(clientId);
        this.scopes = fields.storedScopes(highestRole(role));
        this.name = fields.name();
        this.expiresAt = fields.requireExpiryAfter(now);
        this.createdAt = now;
    }

    ApiKey assign(KeyText key, byte[] fingerprint) {
        prefix = key.prefix();
        hash = fingerprint.clone();
        return this;
    }

    /**
     * A new key with the same permissions and lifetime. Fails with a conflict when this key is expired, revoked or
     * already replaced.
     */
    ApiKey successor(Instant now) {
        boolean expired = expiresAt != null && !expiresAt.isAfter(now);
        if (replacedBy != null || revokedAt != null || expired) {
            throw Problem.of(ProblemType.CONFLICT, "the key is expired, revoked or already replaced");
        }
        ApiKey next = new ApiKey();
        next.clientId = clientId;
        next.userId = userId;
        next.role = role;
        next.scopes = scopes;
        next.name = name;
        next.expiresAt = expiresAt == null ? null : now.plus(Duration.between(createdAt, expiresAt));
        next.createdAt = now;
        return next;
    }

    /** The key expires at the end of the overlap, or at its own expiry when that is earlier. */
    void replace(ApiKey successor, Instant overlapEnd) {
        replacedBy = successor.apiKeyId;
        expiresAt = expiresAt == null || expiresAt.isAfter(overlapEnd) ? overlapEnd : expiresAt;
    }

    ApiKey revoke(Instant now) {
        revokedAt = revokedAt == null ? now : revokedAt;
        return this;
    }

    ApiKey rename(ApiKeyFields fields) {
        name = fields.name();
        return this;
    }

    /**
     * Fails with a problem when this key has permissions that the caller does not have. A user's key counts as an
     * administrator's, because the role of the user may change.
     */
    ApiKey requireWithin(Caller caller) {
        Role highestRole = highestRole(role);
        Set<Permission> permissions =
                new Caller(highestRole, clientId, userId, apiKeyId, permissions(highestRole)).permissions();
        if (!caller.permissions().containsAll(permissions)) {
            throw Problem.of(ProblemType.FORBIDDEN, "a key cannot have more permissions than the key that creates it");
        }
        return this;
    }

    private static Role highestRole(String storedRole) {
        return Optional.ofNullable(storedRole).flatMap(Role::of).orElse(Role.ADMINISTRATOR);
    }

    private List<String> scopeList() {
        return scopes == null ? null : List.of(scopes.split(" ", -1));
    }

    private Set<Permission> permissions(Role highestRole) {
        return scopes == null ? Permission.allOf(highestRole) : permissions(scopes);
    }

    /** The permissions of stored scopes. Scopes that this version does not know are ignored. */
    static Set<Permission> permissions(String scopes) {
        return Stream.of(scopes.split(" ", -1))
                .map(Permission::ofScope)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    Revision<ApiKeyFields> fields() {
        return new Revision<>(new ApiKeyFields(name), version);
    }

    Revision<ApiKeyView> view() {
        ApiKeyView view = new ApiKeyView(
                apiKeyId,
                name,
                prefix,
                userId,
                role,
                scopeList(),
                createdAt,
                expiresAt,
                lastUsedAt,
                replacedBy,
                revokedAt);
        return new Revision<>(view, version);
    }

    NewApiKey issued(KeyText key) {
        return new NewApiKey(apiKeyId, name, prefix, key.text(), userId, role, scopeList(), createdAt, expiresAt);
    }
}
