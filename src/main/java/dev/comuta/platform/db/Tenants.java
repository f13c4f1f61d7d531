package dev.comuta.platform.db;

/** The tenants of one open transaction that works of several share. */
public interface Tenants {

    /** The transaction as one tenant's: what runs in it sees and writes this tenant's rows alone. */
    Tx of(long clientId);
}
