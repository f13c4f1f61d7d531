package dev.comuta.platform.db;

/** The closed list of reasons for a transaction that sees all tenants. docs/security.md says what each one reads. */
public enum PlatformReason {
    /** Which tenant a provider's message belongs to, and receiving it: the batch may hold messages of many tenants. */
    ROUTING,
    /** Whose key a caller presents. */
    AUTHENTICATION,
    /** Publishing the tasks of all tenants. */
    DISPATCH,
    /** Taking tasks of all tenants for one attempt each. */
    CLAIM,
    /** Ending attempts of tasks that belong to no tenant. */
    PLATFORM_TASK,
    /** Finding open tasks that nobody looked after. */
    SWEEP,
    /** Reading the events that listeners of several tenants wait for. */
    STREAM,
    /** Removing what is kept for a limited time. */
    RETENTION,
    /** Bringing sealed texts of all tenants under the current key. */
    KEY_ROTATION,
    /** The platform administrator's own API. */
    PLATFORM_API
}
