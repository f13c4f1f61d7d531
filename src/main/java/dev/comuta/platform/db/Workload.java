package dev.comuta.platform.db;

/** A kind of transactions. Each has its own connections, so that one kind cannot take those of another. */
public enum Workload {
    /** Work of the server in the rows of one or more tenants: completions, and what handlers read. */
    TENANT,
    /** Work of the server over all tenants: received messages, claims, sweeps, look-ups, streams. */
    CROSS_TENANT,
    /** Requests of the API. */
    API,
    /** Jobs and other work that takes long: retention, key rotation, erasures. */
    JOB
}
