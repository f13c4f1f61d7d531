package dev.comuta.bench;

import java.util.List;
import java.util.stream.IntStream;

/** The end users of the benchmark: each writes to one channel. */
record Contacts(List<Channel> channels, int count) {

    /** Telephone number in E.164. */
    static String number(int contact) {
        return "+55119%08d".formatted(contact);
    }

    Channel channelOf(int contact) {
        return channels.get(contact % channels.size());
    }

    String[] numbers() {
        return IntStream.range(0, count).mapToObj(Contacts::number).toArray(String[]::new);
    }

    Long[] channelIds() {
        return IntStream.range(0, count)
                .mapToObj(contact -> channelOf(contact).channelId())
                .toArray(Long[]::new);
    }
}
