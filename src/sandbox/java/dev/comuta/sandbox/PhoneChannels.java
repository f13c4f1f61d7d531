package dev.comuta.sandbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The channels to which phones can write: registered ones, and those that a running server has. */
final class PhoneChannels {

    private static final long REFRESH = Duration.ofSeconds(2).toNanos();

    private final Map<String, PhoneChannel> channels = new ConcurrentSkipListMap<>();
    private final Consumer<PhoneChannel> adopted;
    private volatile Supplier<List<PhoneChannel>> source = List::of;
    private long refreshed = System.nanoTime() - REFRESH;

    /** @param adopted gets every channel that is new or changed */
    PhoneChannels(Consumer<PhoneChannel> adopted) {
        this.adopted = adopted;
    }

    void add(PhoneChannel channel) {
        if (!channel.equals(channels.put(channel.number(), channel))) {
            adopted.accept(channel);
        }
    }

    /** Sets where further channels are found. */
    void source(Supplier<List<PhoneChannel>> newSource) {
        source = newSource;
    }

    /** The channel of a number. An unknown number is looked for at the source. */
    Optional<PhoneChannel> find(String number) {
        if (!channels.containsKey(number)) {
            refresh();
        }
        return Optional.ofNullable(channels.get(number));
    }

    /** All channels by number. */
    Collection<PhoneChannel> all() {
        refresh();
        return List.copyOf(channels.values());
    }

    private synchronized void refresh() {
        if (System.nanoTime() - refreshed < REFRESH) {
            return;
        }
        try {
            source.get().forEach(this::add);
        } catch (IllegalStateException unreachable) {
            System.getLogger(PhoneChannels.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot look for channels", unreachable);
        }
        refreshed = System.nanoTime();
    }
}
