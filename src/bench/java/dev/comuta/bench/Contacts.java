package dev.comuta.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * End users of the benchmark: each writes to one channel.
 *
 * @param first the first of their numbers
 */
record Contacts(List<Channel> channels, int first, int count) {

    private static final String PREFIX = "+55119";

    Contacts(List<Channel> channels, int count) {
        this(channels, 0, count);
    }

    /** Telephone number in E.164. */
    static String number(int contact) {
        return PREFIX + "%08d".formatted(contact);
    }

    /** The contact who has the number. */
    static int ofNumber(String number) {
        return Integer.parseInt(number, PREFIX.length(), number.length(), 10);
    }

    Channel channelOf(int contact) {
        return channels.get(contact % channels.size());
    }

    String[] numbers() {
        return IntStream.range(first, first + count).mapToObj(Contacts::number).toArray(String[]::new);
    }

    Long[] channelIds() {
        return IntStream.range(first, first + count)
                .mapToObj(contact -> channelOf(contact).channelId())
                .toArray(Long[]::new);
    }
}
