package dev.comuta.platform.db;

/** The closed list of reasons for a transaction that sees all tenants. docs/security.md lists what each one reads. */
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
    PLATFORM_TASK(Workload.JOB),
    /** Finding overdue tasks. */
    SWEEP(Workload.CROSS_TENANT),
    /** Reading events for the live streams of several tenants. */
    STREAM(Workload.CROSS_TENANT),
    /** Removing rows whose retention period is over. */
    RETENTION(Workload.JOB),
    /** Resealing texts of all tenants under the current key. */
    KEY_ROTATION(Workload.JOB),
    /** The platform administrator's own API. */
    PLATFORM_API(Workload.API);

    private final Workload workload;

    PlatformReason(Workload workload) {
        this.workload = workload;
    }

    /** The kind of work, which chooses the connections and the limits. */
    Workload workload() {
        return workload;
    }
}
