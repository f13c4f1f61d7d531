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
 * What will be delivered and what will break, and when; the same for the same settings.
 *
 * @param deliveries in the order in which they are due, a redelivery at its own time
 * @param breaks one after the other
 */
record ChaosPlan(List<Due> deliveries, List<Break> breaks) {

    private static final int MESSAGES_OF_A_CONTACT = 10;
    private static final double REDELIVERED = 0.2;
    private static final int SHUFFLE_MILLIS = 3_000;
    private static final int REDELIVERY_MILLIS = 20_000;
    private static final Duration CALM = Duration.ofSeconds(10);

    /** What can be broken, and for how long. */
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

    /** A delivery and when it is due. */
    record Due(Delivery delivery, long atMillis) {}

    /** A damage and when it begins. */
    record Break(Damage damage, long atMillis) {}

    /**
     * Draws a plan.
     *
     * @param messages how many end users write, each delivered at least once
     * @param perSecond how many of them a second
     */
    static ChaosPlan of(long seed, int messages, int perSecond) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Due> due = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Delivery delivery = delivery(random, seed, i, Math.max(1, messages / MESSAGES_OF_A_CONTACT));
            long at = i * 1000L / perSecond + random.nextInt(SHUFFLE_MILLIS);
            due.add(new Due(delivery, at));
            if (random.nextDouble() < REDELIVERED) {
                due.add(new Due(delivery, at + random.nextInt(REDELIVERY_MILLIS)));
            }
        }
        due.sort(Comparator.comparingLong(Due::atMillis));
        return new ChaosPlan(List.copyOf(due), breaks(random, messages * 1000L / perSecond));
    }

    /** When the last delivery is due, from the beginning. */
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

    /** In a drawn order, spread over the time in which messages come. */
    private static List<Break> breaks(SplittableRandom random, long millis) {
        List<Damage> order = new ArrayList<>(List.of(Damage.values()));
        order.addAll(List.of(Damage.KILL_FIRST, Damage.KILL_SECOND));
        Collections.shuffle(order, new Random(random.nextLong()));
        long broken =
                order.stream().mapToLong(damage -> damage.length().toMillis()).sum();
        long calm = Math.max(CALM.toMillis(), (millis - broken) / (order.size() + 1));
        long[] at = {0};
        return IntStream.range(0, order.size())
                .mapToObj(i -> {
                    at[0] += calm;
                    Break next = new Break(order.get(i), at[0]);
                    at[0] += order.get(i).length().toMillis();
                    return next;
                })
                .toList();
    }
}
