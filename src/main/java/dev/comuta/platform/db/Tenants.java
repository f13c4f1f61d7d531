package dev.comuta.platform.db;

/** The tenants that share one open transaction. */
public interface Tenants {

    /** The part of the transaction that sees and writes only this tenant's rows. */
    Tx of(long clientId);
}
