package dev.comuta.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How messages are received. */
@ConfigMapping(prefix = "comuta.conversation")
public interface ConversationConfig {

    /** How many groups of received messages a process stores side by side: one is written while another is made durable. */
    @WithDefault("2")
    int receiveLines();

    /** Most messages of one such commit. */
    @WithDefault("64")
    int receiveLimit();

    /** Least time from the beginning of one such commit to that of the next in a line: a few messages share one at low load. */
    @WithDefault("5ms")
    Duration receivePace();

    /** Most messages that wait for such a commit in a line; more are refused with 503. */
    @WithDefault("2000")
    int receiveWaiting();

    /** Texts by which an end user takes back every consent for the kind of channel; case and punctuation do not count. */
    @WithDefault("SAIR,PARAR,STOP")
    List<String> optOutWords();

    /** Most messages of one channel that wait in a line: the rest of the places is for others. */
    @WithDefault("1000")
    int receiveWaitingPerChannel();

    /** A line in which a whole commit's worth waits, and whose oldest message has waited for this long, takes no more. */
    @WithDefault("75ms")
    Duration receiveAge();
}
