package dev.comuta.call.retention;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Removes ended calls after the retention time of content, with their telephones and recordings. The room {@code message}
 * removes the files of recordings after the retention time of media; their rows then name none.
 */
@ApplicationScoped
class ExpiredCalls implements RetentionRule {

    private static final int AT_ONCE = 1000;

    private static final String FORGET_FILES = """
            update CallRecordings set MediaID = null where RecordingID = any (array(
                select r.RecordingID from comuta_retention_days('media', $1) kept
                join Calls c on c.ClientID = kept.client_id and c.StartTime < now() - make_interval(days => kept.days)
                join CallRecordings r on r.CallID = c.CallID
                where r.MediaID is not null
                limit $2))""";

    private static final String REMOVE = """
            delete from Calls where CallID = any (array(
                select c.CallID from comuta_retention_days('content', $1) kept
                join Calls c on c.ClientID = kept.client_id and c.StartTime < now() - make_interval(days => kept.days)
                where c.CallStatus in ('Completed', 'Busy', 'No Answer', 'Failed', 'Canceled')
                limit $2))""";

    private final RetentionConfig config;

    ExpiredCalls(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(FORGET_FILES, config.mediaDays(), AT_ONCE)
                .chain(forgotten -> tx.execute(REMOVE, config.contentDays(), AT_ONCE)
                        .map(removed -> forgotten == AT_ONCE || removed == AT_ONCE));
    }
}
