package dev.comuta.mass;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.comuta.mass.Hall.Sent;
import dev.comuta.mass.Servers.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/**
 * Starts conversations by template, and more messages to some people than a pair may have at once. The number is at its
 * limit until all are accepted, as after an earlier campaign; so all of them wait when it may send.
 */
final class TemplateStarts {

    private static final String SENT = "Enviada";
    private static final String UNKNOWN = "Incerta";
    private static final int THREADS = 24;
    private static final int PAIRS = 3;
    private static final int BEYOND_BURST = 5;
    private static final int FREE_TEXTS = 20;

    private final Hall hall;
    private final int recipients;
    private final Duration hold;
    private final String prefix;
    private final boolean kill;
    private final Random random;

    /**
     * Prepares a run.
     *
     * @param hold how long the number is at its limit
     * @param kill whether the second server is killed while it sends
     */
    TemplateStarts(Hall hall, int recipients, Duration hold, boolean kill, long seed) {
        this.hall = hall;
        this.recipients = recipients;
        this.hold = hold;
        this.prefix = kill ? "+5511962" : "+5511961";
        this.kill = kill;
        this.random = new Random(seed);
    }

    /** A message that was requested, and the answer of the API. */
    private record Started(String to, Answer answer) {

        boolean accepted() {
            return answer.status() == 201;
        }

        Long messageId() {
            return accepted() ? answer.json().getJsonObject("message").getLong("messageId") : null;
        }
    }

    /** A message as it is in the end. */
    private record Ended(long messageId, String status, long received, int attempts, String error) {

        boolean exactlyOnce() {
            return status.equals(UNKNOWN) ? received <= 1 : received == 1;
        }

        boolean visible() {
            return status.equals(UNKNOWN) || status.equals(SENT);
        }
    }

    Report run() throws InterruptedException {
        hall.clear();
        Map<Integer, Integer> refusedBefore = hall.sandbox().providers().meta().refused();
        long lastMessage = hall.highest("MessageID", "Messages");
        Instant begin = Instant.now();
        hold();
        try (Servers servers = new Servers(hall.servers())) {
            Thread killer = Thread.ofVirtual().start(this::killWhileSending);
            List<Started> started = start(servers);
            Duration accepting = Duration.between(begin, Instant.now());
            killer.join();
            boolean quiet = hall.awaitQuiet();
            List<Answer> freeTexts = freeTexts(servers);
            return report(servers, started, accepting, quiet, ended(lastMessage), freeTexts, refusedBefore);
        }
    }

    private void hold() {
        hall.database().query("""
                        insert into ChannelPaces (ChannelID, ClientID, FreeAt, ReturnAt)
                        select c.ChannelID, c.ClientID, h.until, h.until
                        from CommunicationChannels c, (select now() + ? * interval '1 second' as until) h
                        where c.ChannelID = ?
                        on conflict (ChannelID) do update
                        set FreeAt = excluded.FreeAt, ReturnAt = excluded.ReturnAt""", hold.toSeconds(), hall.client().meta().channelId());
    }

    private List<Started> start(Servers servers) throws InterruptedException {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < recipients; i++) {
            numbers.add(number(PAIRS + i));
        }
        for (int i = 0; i < PAIRS; i++) {
            numbers.addAll(Collections.nCopies(hall.rules().pairBurst() + BEYOND_BURST, number(i)));
        }
        Collections.shuffle(numbers, random);
        List<Callable<Started>> jobs = new ArrayList<>();
        numbers.forEach(number -> jobs.add(() -> start(servers, number, template())));
        return Hall.inParallel(THREADS, jobs);
    }

    private String number(int recipient) {
        return prefix + "%06d".formatted(recipient);
    }

    private Started start(Servers servers, String number, JsonObject content) throws InterruptedException {
        JsonObject body = new JsonObject()
                .put("channelId", hall.client().meta().channelId())
                .put("phoneNumber", number)
                .put("content", content);
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + hall.sandbox().platformKey())
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
        return new Started(number, servers.send("/clients/" + hall.client().clientId() + "/sessions", request));
    }

    private static JsonObject template() {
        return new JsonObject()
                .put("contentType", "Modelo")
                .put("name", "confirmacao_visita")
                .put("language", "pt_BR")
                .put("body", new JsonArray().add("Maria").add("sábado, 10h"));
    }

    /** Nobody wrote to the company, so no window is open. */
    private List<Answer> freeTexts(Servers servers) throws InterruptedException {
        List<Answer> answers = new ArrayList<>();
        JsonObject text = new JsonObject().put("contentType", "Texto").put("text", "Bom dia");
        for (int i = 0; i < FREE_TEXTS; i++) {
            answers.add(start(servers, number(PAIRS + i), text).answer());
        }
        return answers;
    }

    private void killWhileSending() {
        if (!kill) {
            return;
        }
        try {
            while (hall.sandbox().providers().requestCount("meta") < recipients / 2) {
                Thread.sleep(Duration.ofMillis(20));
            }
            hall.servers().getLast().kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Ended> ended(long lastMessage) {
        Map<Long, Long> received = hall.sent().stream().collect(groupingBy(Sent::messageId, counting()));
        return hall.database().query("""
                        select m.MessageID as id, m.Status as status, t.Attempts as attempts, t.LastError as error
                        from Messages m
                        join BackgroundTasks t on t.TaskType = 'EnvioMensagem' and t.SessionID = m.SessionID
                            and (t.RequestData ->> 'messageId')::bigint = m.MessageID
                        where m.MessageID > ? order by 1""", lastMessage).stream()
                .map(row -> new Ended(
                        (Long) row.get("id"),
                        (String) row.get("status"),
                        received.getOrDefault((Long) row.get("id"), 0L),
                        (Integer) row.get("attempts"),
                        (String) row.get("error")))
                .toList();
    }

    private Report report(
            Servers servers,
            List<Started> started,
            Duration accepting,
            boolean quiet,
            List<Ended> ended,
            List<Answer> freeTexts,
            Map<Integer, Integer> refusedBefore) {
        Map<Integer, Integer> refused =
                new TreeMap<>(hall.sandbox().providers().meta().refused());
        refusedBefore.forEach((code, times) -> refused.merge(code, -times, Integer::sum));
        refused.values().removeIf(times -> times == 0);
        Rate rate = new Rate(hall.sent().stream().map(Sent::at).toList(), recipients);
        long unknown =
                ended.stream().filter(one -> one.status().equals(UNKNOWN)).count();
        int allowed = hall.rules().perSecond();
        List<String> figures = List.of(
                "%,d messages to %,d people; %d of them got %d each"
                        .formatted(
                                started.size(),
                                recipients + PAIRS,
                                PAIRS,
                                hall.rules().pairBurst() + BEYOND_BURST),
                "accepted in %.1f s, held for %d s; %d requests repeated"
                        .formatted(accepting.toMillis() / 1e3, hold.toSeconds(), servers.repeated()),
                "sent: %.1f per second of %d allowed (%.0f %%); at most %d in one second"
                        .formatted(rate.perSecond(), allowed, 100 * rate.perSecond() / allowed, rate.peak()),
                "'Incerta': %d; errors of Meta: %s".formatted(unknown, refused.isEmpty() ? "none" : refused));
        int attempts = kill ? 2 : 1;
        List<Promise> promises = new ArrayList<>();
        promises.add(Promise.of("every request is accepted", started, Started::accepted));
        promises.add(Promise.of("every accepted request is one message", stored(started, ended), id -> id >= 0));
        promises.add(Promise.of("every message is at Meta once, or 'Incerta'", ended, Ended::exactlyOnce));
        promises.add(Promise.of(
                "every message is 'Enviada'" + (kill ? " or 'Incerta'" : ""),
                ended,
                one -> kill ? one.visible() : one.status().equals(SENT)));
        promises.add(Promise.of("Meta refuses nothing (130429, 131056, 131047)", refused.isEmpty(), "" + refused));
        promises.add(Promise.of(
                kill ? "attempts count once, and once more after the kill" : "no attempt is spent on a limit",
                ended,
                one -> one.attempts() <= attempts));
        promises.add(Promise.of("free text outside of the window gets 409", freeTexts, one -> one.status() == 409));
        promises.add(Promise.of("every task is final", quiet, "open tasks"));
        if (!kill) {
            promises.add(Promise.of(
                    "all are accepted before the number may send",
                    accepting.compareTo(hold) < 0,
                    "%d s; set MASS_HOLD_SECONDS".formatted(accepting.toSeconds())));
            promises.add(Promise.of(
                    "the rate is at least 90 % of the allowed one",
                    rate.perSecond() >= 0.9 * allowed, "%.1f per second".formatted(rate.perSecond())));
        }
        return new Report(
                kill ? "Started by template, one server killed meanwhile" : "Started by template", figures, promises);
    }

    /** The ids of the messages; -1 for a request without one, or for a message that nobody requested. */
    private static List<Long> stored(List<Started> started, List<Ended> ended) {
        List<Long> requested = started.stream()
                .filter(Started::accepted)
                .map(Started::messageId)
                .sorted()
                .toList();
        List<Long> stored = ended.stream().map(Ended::messageId).toList();
        return requested.equals(stored)
                ? stored
                : LongStream.concat(
                                stored.stream().mapToLong(id -> id),
                                LongStream.generate(() -> -1L).limit(1))
                        .boxed()
                        .toList();
    }
}
