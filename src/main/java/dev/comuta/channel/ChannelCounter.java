package dev.comuta.channel;

import dev.comuta.quota.Limit;
import dev.comuta.quota.QuotaCounter;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the channels that are not 'Inativo'. */
@ApplicationScoped
class ChannelCounter implements QuotaCounter {

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
