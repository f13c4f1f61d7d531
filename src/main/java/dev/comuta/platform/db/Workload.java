package dev.comuta.platform.db;

/** A kind of transactions. Each has its own connections, so that one kind cannot take those of another. */
public enum Workload {
    /** Work of the server in the rows of one or more tenants: completions, and what handlers read. */
    TENANT,
    /** Requests of the API in the rows of one tenant. */
    API,
    /** Work in the rows of tenants that takes long: erasures. */
    JOB,
    /** Work of the server over all tenants: received messages, claims, sweeps, look-ups, streams. */
    CROSS_TENANT,
    /** Jobs of the platform over all tenants, which may take long: retention, key rotation. */
    PLATFORM,
    /** Requests of the platform's administrators, with the limits of the API. */
    PLATFORM_API
}
