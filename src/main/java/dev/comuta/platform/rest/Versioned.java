package dev.comuta.platform.rest;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;

/** The common columns of rows that people edit: version, time of creation, time of the last change. */
@MappedSuperclass
public abstract class Versioned {

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    /** For Hibernate. */
    protected Versioned() {}

    /** A new row. */
    protected Versioned(Instant now) {
        createdAt = now;
    }

    /** Records the time of a change. */
    protected final void changed(Instant now) {
        updatedAt = now;
    }

    /** The view with the row's version. */
    protected final <T> Revision<T> revision(T body) {
        return new Revision<>(body, version);
    }

    protected final int version() {
        return version;
    }

    protected final Instant createdAt() {
        return createdAt;
    }

    /** Null until the first change. */
    protected final Instant updatedAt() {
        return updatedAt;
    }
}
