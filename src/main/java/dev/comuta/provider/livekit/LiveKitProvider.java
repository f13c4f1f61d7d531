package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.RecordingBucket;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/** The provider LiveKit. */
@Dependent
class LiveKitProvider {

    @Produces
    @Singleton
    static final Provider LIVEKIT = Provider.of("LiveKit", ChannelTypes.VOICE_CALL)
            .with(Set.of(LiveKitAccount.URL, LiveKitAccount.API_KEY, LiveKitAccount.API_SECRET), optional())
            .withUrls(LiveKitAccount.URL, RecordingBucket.ENDPOINT)
            .withFormat(
                    LiveKitAccount.URL,
                    "https?://[^/?#@\\s]+/?",
                    "must be the https URL of the LiveKit server, without a path or a query")
            .withFormat(
                    RecordingBucket.ENDPOINT,
                    "https?://[^/?#@\\s]+/?",
                    "must be the https URL of the storage, without a path or a query")
            .withFormat(RecordingBucket.BUCKET, "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "must be the name of a bucket")
            .withFormat(RecordingBucket.REGION, "[a-z0-9-]{1,40}", "must be a region such as sa-east-1")
            .withAccount(LiveKitAccount.API_KEY)
            .withIdFormat("(?!)", "is not used by LiveKit; its SIP trunk goes into sipTrunkId")
            .withTrunkFormat("ST_[A-Za-z0-9]+", "must be the id of an outbound SIP trunk of LiveKit, such as ST_a1b2")
            .withFormer(LiveKitAccount.PREVIOUS_API_SECRET);

    private LiveKitProvider() {}

    private static Set<String> optional() {
        Set<String> names = new HashSet<>(RecordingBucket.NAMES);
        names.add(LiveKitAccount.PREVIOUS_API_SECRET);
        return names;
    }
}
