package dev.comuta.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How messages are received. */
@ConfigMapping(prefix = "comuta.receive")
public interface ReceiveConfig {

    /** Group commits of received messages that run side by side; messages of one contact always use the same one. */
    @WithDefault("2")
    int shards();

    /** Most messages of one group commit. */
    @WithDefault("64")
    int groupLimit();

    /** Least time between the starts of two group commits of a shard, so that messages share one at low load. */
    @WithDefault("5ms")
    Duration minInterval();

    /** Most messages that wait in a shard; more are refused with 503. */
    @WithDefault("2000")
    int maxQueued();

    /** Most messages of one channel that wait in a shard; more are refused with 503. */
    @WithDefault("1000")
    int maxQueuedPerChannel();

    /** A shard with a full group waiting refuses new messages once its oldest message has waited this long. */
    @WithDefault("75ms")
    Duration maxWait();

    /** Texts that withdraw every consent for the channel type; case and punctuation are ignored. */
    @WithDefault("SAIR,PARAR,STOP")
    List<String> optOutWords();
}
