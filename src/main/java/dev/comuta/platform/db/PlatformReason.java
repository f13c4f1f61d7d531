package dev.comuta.platform.db;

/** The closed list of reasons for a transaction that sees all tenants. docs/security.md lists what each one reads. */
public enum PlatformReason {
    /** Finding the tenant of a provider's message and receiving it; a batch may hold messages of many tenants. */
    ROUTING,
    /** Finding the owner of a presented key. */
    AUTHENTICATION,
    /** Publishing the tasks of all tenants. */
    DISPATCH,
    /** Claiming tasks of all tenants. */
    CLAIM,
    /** Completing attempts of tasks that belong to no tenant. */
    PLATFORM_TASK,
    /** Finding overdue tasks. */
    SWEEP,
    /** Reading events for the live streams of several tenants. */
    STREAM,
    /** Removing rows whose retention period is over. */
    RETENTION,
    /** Resealing texts of all tenants under the current key. */
    KEY_ROTATION,
    /** The platform administrator's own API. */
    PLATFORM_API
}
