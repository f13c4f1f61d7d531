package dev.comuta.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings for receiving messages. */
@ConfigMapping(prefix = "comuta.receive")
public interface ReceiveConfig {

    /** Number of shards that commit received messages in parallel; messages of one contact use the same shard. */
    @WithDefault("2")
    int shards();

    /** Maximum number of messages in one group commit. */
    @WithDefault("64")
    int groupLimit();

    /** Minimum time between the starts of two group commits of a shard, so that messages share a commit at low load. */
    @WithDefault("5ms")
    Duration minInterval();

    /** Maximum number of messages that wait in a shard; more are rejected with 503. */
    @WithDefault("2000")
    int maxQueued();

    /** Maximum number of messages of one channel that wait in a shard; more are rejected with 503. */
    @WithDefault("1000")
    int maxQueuedPerChannel();

    /** When a full group waits and its oldest message has waited this long, a shard rejects new messages with 503. */
    @WithDefault("75ms")
    Duration maxWait();

    /**
     * Age from which on the assistant does not answer a message, for example after an outage of the provider; people get
     * its session instead. A channel can have its own.
     */
    @WithDefault("6h")
    Duration answerAge();

    /** Messages that revoke every consent of the sender for the channel type; case and punctuation are ignored. */
    @WithDefault("SAIR,PARAR,STOP")
    List<String> optOutWords();

    /** Messages by which a sender who opted out opts in; case and punctuation are ignored. */
    @WithDefault("START,VOLTAR")
    List<String> optInWords();

    /** The answer to the first opt-out of a sender; the assistant answers nothing to it. */
    @WithDefault("Pronto, não vamos mais iniciar conversas com você. Para voltar a receber mensagens, responda VOLTAR.")
    String optOutAnswer();
}
