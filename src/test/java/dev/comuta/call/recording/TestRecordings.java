package dev.comuta.call.recording;

import dev.comuta.call.CallProviders;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.notice.TestNotices;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.media.MediaStore;
import dev.comuta.message.TestSending;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.task.Tasks;

/** Recordings without a server. */
public final class TestRecordings {

    private TestRecordings() {}

    /** The recordings of a database. */
    public static CallRecordings recordings(
            Transactions transactions, ChannelDirectory channels, CallProviders providers) {
        return new CallRecordings(
                transactions,
                new RecordingStore(),
                channels,
                new MediaStore(),
                TestSending.messages(),
                TestNotices.notices(),
                originals(channels, providers),
                new Tasks());
    }

    static Originals originals(ChannelDirectory channels, CallProviders providers) {
        return new Originals(providers, channels, new Tasks(), TestTransactions.config(CallsConfig.class));
    }
}
