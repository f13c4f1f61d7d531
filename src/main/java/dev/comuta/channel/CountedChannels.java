package dev.comuta.channel;

import dev.comuta.quota.CountedRows;
import dev.comuta.quota.Limit;
import jakarta.enterprise.context.ApplicationScoped;

/** Channels that are not 'Inativo'. */
@ApplicationScoped
class CountedChannels implements CountedRows {

    @Override
    public Limit limit() {
        return Limit.CHANNELS;
    }

    @Override
    public String statement() {
        return """
                select count(*) from (
                    select from CommunicationChannels where ClientID = $1 and Status <> 'Inativo' limit $2) counted""";
    }
}
