package dev.comuta.platform.rest;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;

/** What every row has that people make and change: which state of it this is, and when it was made and changed. */
@MappedSuperclass
public abstract class Versioned {

    @Version
    @Column(name = "Version")
    private int version;

    @Column(name = "CreatedAt", updatable = false)
    private Instant createdAt;

    @Column(name = "UpdatedAt")
    private Instant updatedAt;

    /** As Hibernate makes one. */
    protected Versioned() {}

    /** A new one. */
    protected Versioned(Instant now) {
        createdAt = now;
    }

    /** Notes that it was changed. */
    protected final void changed(Instant now) {
        updatedAt = now;
    }

    /** A picture of it, with the state that it shows. */
    protected final <T> Revision<T> revision(T body) {
        return new Revision<>(body, version);
    }

    protected final int version() {
        return version;
    }

    protected final Instant createdAt() {
        return createdAt;
    }

    /** Null while it is as it was made. */
    protected final Instant updatedAt() {
        return updatedAt;
    }
}
