package dev.comuta.quota;

/** Port: rows of a client that a limit counts, told by the room that owns them. */
public interface QuotaCounter {

    /** The limit that counts them. */
    Limit limit();

    /**
     * Counts them, and no further than it must.
     *
     * @return a statement of one row and one column; $1 is the client, $2 the number at which it may stop
     */
    String statement();
}
