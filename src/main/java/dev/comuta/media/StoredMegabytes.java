package dev.comuta.media;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Counts the bytes of a client's files, in whole megabytes: a limit of one is reached with the last byte of the first
 * megabyte. Its index holds the sizes, so that no row is read.
 */
@ApplicationScoped
class StoredMegabytes implements QuotaCounter {

    @Override
    public Limit limit() {
        return Limit.STORED_MEGABYTES;
    }

    /** The second parameter cannot shorten a sum. */
    @Override
    public String statement() {
        return """
            select least(coalesce(floor(sum(Size) / 1048576), 0)::bigint, $2::bigint)
            from MediaObjects where ClientID = $1 and ObjectKey is not null""";
    }
}
