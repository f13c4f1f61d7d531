package dev.comuta.platform.db;

import java.util.Locale;

/**
 * The closed list of reasons for a transaction that sees all tenants. Each has a database role of its own, with
 * privileges on the tables that it needs (V13__isolation.sql). docs/security.md lists what each one reads.
 */
public enum PlatformReason {
    /** Finding the tenant of a provider's message and receiving it; a batch may hold messages of many tenants. */
    ROUTING(Workload.CROSS_TENANT),
    /** Finding the owner of a presented key. */
    AUTHENTICATION(Workload.CROSS_TENANT),
    /** Publishing the tasks of all tenants. */
    DISPATCH(Workload.CROSS_TENANT),
    /** Claiming tasks of all tenants. */
    CLAIM(Workload.CROSS_TENANT),
    /** Completing attempts of tasks that belong to no tenant. */
    PLATFORM_TASK(Workload.PLATFORM),
    /** Finding overdue tasks. */
    SWEEP(Workload.CROSS_TENANT),
    /** Reading events for live streams, and checking files that are being sent, of several tenants. */
    STREAM(Workload.CROSS_TENANT),
    /** Reading and marking what assistants say in the calls whose connections a process holds. */
    TALK(Workload.CROSS_TENANT),
    /** Removing rows whose retention period is over. */
    RETENTION(Workload.PLATFORM),
    /** Resealing texts of all tenants under the current key. */
    KEY_ROTATION(Workload.PLATFORM),
    /** The platform administrator's own API. */
    PLATFORM_API(Workload.PLATFORM_API),
    /** Signing the ends of all audit chains. */
    AUDIT(Workload.PLATFORM);

    private final Workload workload;
    private final String databaseRole = "comuta_reason_" + name().toLowerCase(Locale.ROOT);

    PlatformReason(Workload workload) {
        this.workload = workload;
    }

    /** The role that a transaction takes for this reason. */
    String databaseRole() {
        return databaseRole;
    }

    /** The kind of work, which chooses the connections and the limits. */
    Workload workload() {
        return workload;
    }
}
