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
 * @param providerDelayMillis time that a provider needs for its answer; 0 for none
 */
record ChaosPlan(List<Due> deliveries, List<Break> breaks, int providerDelayMillis) {

    static final String FIRST = "first";
    static final String SECOND = "second";

    private static final int MESSAGES_PER_CONTACT = 10;
    private static final double REDELIVERY_SHARE = 0.2;
    private static final int SHUFFLE_MILLIS = 3_000;
    private static final int REDELIVERY_MILLIS = 20_000;
    private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
    private static final int KILLS_MESSAGES = 400;
    private static final int KILLS_PER_SECOND = 25;
    private static final int KILLS_CONTACTS = 100;
    private static final int KILLS_DELAY_MILLIS = 400;
    private static final int FIRST_KILL_MILLIS = 3_000;
    private static final int KILL_SPAN_MILLIS = 4_000;

    /** The kinds of damage, each with its duration; that of a kill is what a restart takes on a quiet machine. */
    enum Damage {
        KILL_FIRST(8),
        KILL_SECOND(8),
        STOP_BROKER(60),
        CUT_BROKER(0),
        /** Shorter than the time limit of completions. */
        STOP_DATABASE(6),
        /** Longer than the time limit of completions. */
        STOP_DATABASE_LONG(25),
        /** As a power failure does. */
        KILL_DATABASE(2),
        FREEZE_DATABASE(20),
        /** Existing connections only. */
        FREEZE_CONNECTIONS(20),
        /** Rows of sessions are locked; shorter than the time limit of completions. */
        HOLD_SESSIONS(6),
        HANG_CRM(20),
        /** The answers contain text that the database cannot store. */
        POISON_CRM(15),
        FAIL_PROVIDERS(20),
        LIMIT_PROVIDERS(20),
        /** The providers accept some messages and do not answer. */
        LOSE_ANSWERS(5),
        /** Readers of live events stop reading, for longer than the server needs to fill the buffers of the connection. */
        STALL_READERS(40);

        private final Duration length;

        Damage(int seconds) {
            length = Duration.ofSeconds(seconds);
        }

        Duration length() {
            return length;
        }

        /** The name of the server that is killed; null for none. */
        String killed() {
            return switch (this) {
                case KILL_FIRST -> FIRST;
                case KILL_SECOND -> SECOND;
                default -> null;
            };
        }

        /** Whether a process can lose the result of a commit. */
        boolean hitsDatabase() {
            return switch (this) {
                case STOP_DATABASE, STOP_DATABASE_LONG, KILL_DATABASE, FREEZE_DATABASE, FREEZE_CONNECTIONS -> true;
                default -> false;
            };
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
        Contacts contacts = new Contacts(0, Math.max(1, messages / MESSAGES_PER_CONTACT));
        List<Due> due = deliveries(random, seed, messages, perSecond, contacts);
        return new ChaosPlan(due, breaks(random, messages * 1000L / perSecond), 0);
    }

    /**
     * Draws a short plan, in which each server is killed once while providers take their time to answer.
     *
     * @param run number of the run; each has its own contacts
     */
    static ChaosPlan kills(long seed, int run) {
        SplittableRandom random = new SplittableRandom(seed);
        Contacts contacts = new Contacts(run * KILLS_CONTACTS, KILLS_CONTACTS);
        List<Due> due = deliveries(random, seed, KILLS_MESSAGES, KILLS_PER_SECOND, contacts);
        List<Damage> order = new ArrayList<>(List.of(Damage.KILL_FIRST, Damage.KILL_SECOND));
        Collections.shuffle(order, new Random(random.nextLong()));
        int first = random.nextInt(FIRST_KILL_MILLIS, FIRST_KILL_MILLIS + KILL_SPAN_MILLIS);
        int second = first + random.nextInt(FIRST_KILL_MILLIS, FIRST_KILL_MILLIS + KILL_SPAN_MILLIS);
        List<Break> breaks = List.of(new Break(order.getFirst(), first), new Break(order.getLast(), second));
        return new ChaosPlan(due, breaks, KILLS_DELAY_MILLIS);
    }

    /** The contacts of a run. */
    private record Contacts(int first, int count) {}

    private static List<Due> deliveries(
            SplittableRandom random, long seed, int messages, int perSecond, Contacts contacts) {
        List<Due> due = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            Delivery delivery = delivery(random, seed, i, contacts);
            long at = i * 1000L / perSecond + random.nextInt(SHUFFLE_MILLIS);
            due.add(new Due(delivery, at));
            if (random.nextDouble() < REDELIVERY_SHARE) {
                due.add(new Due(delivery, at + random.nextInt(REDELIVERY_MILLIS)));
            }
        }
        due.sort(Comparator.comparingLong(Due::atMillis));
        return List.copyOf(due);
    }

    /** Due time of the last delivery, from the start of the run. */
    long lastDueSeconds() {
        return deliveries.getLast().atMillis() / 1000;
    }

    private static Delivery delivery(SplittableRandom random, long seed, int number, Contacts contacts) {
        int contact = contacts.first() + random.nextInt(contacts.count());
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
        moveBehindHalf(order, Damage.STALL_READERS);
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

    /** A reader is stalled only when there are more events than the buffers of its connection hold. */
    private static void moveBehindHalf(List<Damage> order, Damage damage) {
        int at = order.indexOf(damage);
        int half = order.size() / 2;
        if (at < half) {
            Collections.swap(order, at, at + half);
        }
    }
}
