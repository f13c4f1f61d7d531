package dev.comuta.chaos;

import dev.comuta.chaos.Delivery.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The deliveries and outages of a run, with their times. The same settings give the same plan.
 *
 * @param deliveries in the order in which they are due; a redelivery has its own time
 * @param breaks in sequence, without overlap
 */
record ChaosPlan(List<Due> deliveries, List<Break> breaks) {

    private static final int MESSAGES_PER_CONTACT = 10;
    private static final double REDELIVERY_SHARE = 0.2;
    private static final int SHUFFLE_MILLIS = 3_000;
    private static final int REDELIVERY_MILLIS = 20_000;
    private static final Duration MIN_PAUSE = Duration.ofSeconds(10);

    /** The kinds of damage, each with its duration. */
    enum Damage {
        KILL_FIRST(0),
        KILL_SECOND(0),
        STOP_BROKER(60),
        STOP_DATABASE(20),
        FREEZE_DATABASE(20),
        CUT_BROKER(0),
        HANG_CRM(20),
        FAIL_PROVIDERS(20),
        LIMIT_PROVIDERS(20);

        private final Duration length;

        Damage(int seconds) {
            length = Duration.ofSeconds(seconds);
        }

        Duration length() {
            return length;
        }
    }

    /** A delivery and its due time. */
    record Due(Delivery delivery, long atMillis) {}

    /** A damage and its start time. */
    record Break(Damage damage, long atMillis) {}

    /**
     * Draws a plan at random from the seed.
     *
     * @param messages number of messages that end users write, each delivered at least once
     * @param perSecond messages per second
     */
    static ChaosPlan of(long seed, int messages, int perSecond) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Due> due = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Delivery delivery = delivery(random, seed, i, Math.max(1, messages / MESSAGES_PER_CONTACT));
            long at = i * 1000L / perSecond + random.nextInt(SHUFFLE_MILLIS);
            due.add(new Due(delivery, at));
            if (random.nextDouble() < REDELIVERY_SHARE) {
                due.add(new Due(delivery, at + random.nextInt(REDELIVERY_MILLIS)));
            }
        }
        due.sort(Comparator.comparingLong(Due::atMillis));
        return new ChaosPlan(List.copyOf(due), breaks(random, messages * 1000L / perSecond));
    }

    /** Due time of the last delivery, from the start of the run. */
    long lastDueSeconds() {
        return deliveries.getLast().atMillis() / 1000;
    }

    private static Delivery delivery(SplittableRandom random, long seed, int number, int contacts) {
        int contact = random.nextInt(contacts);
        Route route = contact % 4 < 2 ? Route.GATEWAY : contact % 4 == 2 ? Route.META : Route.TWILIO;
        return new Delivery(number, route, "+5511976%06d".formatted(contact), id(route, seed, number));
    }

    private static String id(Route route, long seed, int number) {
        String unique = "%016x%016x".formatted(seed, number);
        return switch (route) {
            case GATEWAY -> "msg_" + unique;
            case META -> "wamid." + unique;
            case TWILIO -> "SM" + unique;
        };
    }

    /** The damages in random order, spread over the time in which messages arrive. */
    private static List<Break> breaks(SplittableRandom random, long millis) {
        List<Damage> order = new ArrayList<>(List.of(Damage.values()));
        order.addAll(List.of(Damage.KILL_FIRST, Damage.KILL_SECOND));
        Collections.shuffle(order, new Random(random.nextLong()));
        long broken =
                order.stream().mapToLong(damage -> damage.length().toMillis()).sum();
        long pause = Math.max(MIN_PAUSE.toMillis(), (millis - broken) / (order.size() + 1));
        long[] at = {0};
        return IntStream.range(0, order.size())
                .mapToObj(i -> {
                    at[0] += pause;
                    Break next = new Break(order.get(i), at[0]);
                    at[0] += order.get(i).length().toMillis();
                    return next;
                })
                .toList();
    }
}
