package dev.comuta.quota;

/** Port: counts the rows of a client for one limit. The room that owns the rows implements it. */
public interface QuotaCounter {

    /** The limit of the rows. */
    Limit limit();

    /**
     * The SQL query that counts the rows.
     *
     * @return a query of one row and one column; $1 is the client, $2 the count at which it may stop
     */
    String statement();
}
