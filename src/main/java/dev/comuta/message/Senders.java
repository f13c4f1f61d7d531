package dev.comuta.message;

import dev.comuta.channel.Provider;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The message senders by provider. */
@ApplicationScoped
class Senders {

    private final Map<Provider, MessageSender> byProvider;

    Senders(@All List<MessageSender> senders) {
        this.byProvider =
                senders.stream().collect(Collectors.toUnmodifiableMap(MessageSender::provider, Function.identity()));
    }

    /** The longest time that a sender takes to send a message. */
    Duration longestSend() {
        return byProvider.values().stream()
                .map(MessageSender::timeLimit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The length of a text that every provider sends as one message. */
    int shortestText() {
        return byProvider.values().stream()
                .mapToInt(MessageSender::maxText)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** The length of a text that this provider sends as one message. */
    int longestText(Provider provider) {
        return of(provider).map(MessageSender::maxText).orElse(Integer.MAX_VALUE);
    }

    /** The size of the largest file that this provider accepts. */
    long largestFile(Provider provider) {
        return of(provider).map(MessageSender::maxFile).orElse(0L);
    }

    /** The sender of a provider; empty when this version has none. */
    Optional<MessageSender> of(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }
}
