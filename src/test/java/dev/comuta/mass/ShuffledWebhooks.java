package dev.comuta.mass;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.comuta.mass.Hall.Sent;
import dev.comuta.mass.Servers.Answer;
import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The messages of many contacts, each with a time of its own, in webhooks of no order that both servers get at the same
 * time; some webhooks arrive twice.
 */
final class ShuffledWebhooks {

    private static final int THREADS = 32;
    private static final int MAX_BATCH = 8;
    private static final int REPEATED = 10;
    /** A transcript has the order of the messages' own times up to an age of two minutes. */
    private static final Duration AGE = Duration.ofSeconds(55);

    private static final int SPREAD_SECONDS = 30;
    private static final int PAGE = 100;

    private final Hall hall;
    private final int contacts;
    private final int messages;
    private final String prefix;
    private final Random random;
    private final Instant begin = Instant.now().minus(AGE);

    ShuffledWebhooks(Hall hall, int contacts, int messages, String prefix, long seed) {
        this.hall = hall;
        this.contacts = contacts;
        this.messages = messages;
        this.prefix = prefix;
        this.random = new Random(seed);
    }

    /** A message of a contact. */
    private record Written(String contact, int number, Instant at) {

        String id() {
            return "wamid.MASS" + contact.substring(1) + "N" + number;
        }

        Map<String, Object> item() {
            return Map.of(
                    "from",
                    contact.substring(1),
                    "id",
                    id(),
                    "timestamp",
                    Long.toString(at.getEpochSecond()),
                    "type",
                    "text",
                    "text",
                    Map.of("body", "Bom dia, mensagem " + number));
        }
    }

    /** A session with its transcript, as the API returns it. */
    private record Told(long sessionId, String contact, List<JsonObject> transcript) {

        List<String> written() {
            return transcript.stream()
                    .filter(message -> message.getString("senderType").equals("Usuário-Cliente"))
                    .map(message -> message.getString("providerMessageId"))
                    .toList();
        }

        @Override
        public String toString() {
            return "session " + sessionId + ": "
                    + written().stream()
                            .map(id -> id == null ? "?" : id.substring(id.indexOf('N') + 1))
                            .collect(joining(" "));
        }
    }

    /** A message of a contact, and how many answers its turn wrote. */
    private record Answered(String message, Long turn, long answers) {}

    Report run() throws InterruptedException {
        hall.clear();
        long lastSession = hall.highest("SessionID", "Sessions");
        List<Written> written = written();
        Instant start = Instant.now();
        try (Servers servers = new Servers(hall.servers())) {
            List<Answer> answers = deliver(servers, written);
            Duration accepting = Duration.between(start, Instant.now());
            boolean quiet = hall.awaitQuiet();
            Duration took = Duration.between(start, Instant.now());
            List<Told> told = told(servers, lastSession);
            List<String> figures = List.of(
                    "%,d messages of %d contacts in %,d webhooks, shuffled; every %dth came twice"
                            .formatted(written.size(), contacts, answers.size(), REPEATED),
                    "accepted in %.1f s; %d requests repeated"
                            .formatted(accepting.toMillis() / 1e3, servers.repeated()),
                    "%,d answers; all quiet after %.1f s"
                            .formatted(answers(told).size(), took.toMillis() / 1e3));
            return new Report("Shuffled webhooks", figures, promises(written, answers, quiet, told));
        }
    }

    /** Every contact writes at seconds of its own. */
    private List<Written> written() {
        List<Written> written = new ArrayList<>();
        for (int contact = 0; contact < contacts; contact++) {
            String number = prefix + "%06d".formatted(contact);
            Instant first = begin.plusSeconds(random.nextInt(SPREAD_SECONDS));
            for (int i = 0; i < messages; i++) {
                written.add(new Written(number, i, first.plusSeconds(i)));
            }
        }
        Collections.shuffle(written, random);
        return written;
    }

    private List<Answer> deliver(Servers servers, List<Written> written) throws InterruptedException {
        List<Callable<Answer>> webhooks = new ArrayList<>();
        int from = 0;
        while (from < written.size()) {
            int to = Math.min(written.size(), from + 1 + random.nextInt(MAX_BATCH));
            Callable<Answer> webhook = webhook(servers, written.subList(from, to));
            webhooks.add(webhook);
            if (webhooks.size() % REPEATED == 0) {
                webhooks.add(webhook);
            }
            from = to;
        }
        return Hall.inParallel(THREADS, webhooks);
    }

    private static Callable<Answer> webhook(Servers servers, List<Written> batch) {
        String body = MetaProvider.webhook(
                MetaProvider.PHONE_NUMBER_ID,
                Map.of("messages", batch.stream().map(Written::item).toList()));
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("content-type", "application/json")
                .header("x-hub-signature-256", MetaProvider.sign(body))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return () -> servers.send("/webhooks/meta", request);
    }

    private List<Told> told(Servers servers, long lastSession) throws InterruptedException {
        List<Told> told = new ArrayList<>();
        for (Map<String, Object> row : hall.database().query("""
                        select s.SessionID as id, e.PhoneNumber as contact
                        from Sessions s join ClientEndUsers e using (ClientID, EndUserID)
                        where s.SessionID > ? order by 1""", lastSession)) {
            long sessionId = (Long) row.get("id");
            told.add(new Told(sessionId, (String) row.get("contact"), transcript(servers, sessionId)));
        }
        return told;
    }

    private List<JsonObject> transcript(Servers servers, long sessionId) throws InterruptedException {
        List<JsonObject> transcript = new ArrayList<>();
        String next = "";
        while (next != null) {
            String path = "/clients/%d/sessions/%d/messages?limit=%d%s"
                    .formatted(hall.client().clientId(), sessionId, PAGE, next);
            JsonObject page = servers.send(
                            path,
                            HttpRequest.newBuilder()
                                    .header(
                                            "authorization",
                                            "Bearer " + hall.sandbox().platformKey()))
                    .json();
            page.getJsonArray("items").stream().map(JsonObject.class::cast).forEach(transcript::add);
            String after = page.getString("next");
            next = after == null ? null : "&after=" + after;
        }
        return transcript;
    }

    private List<Promise> promises(List<Written> written, List<Answer> answers, boolean quiet, List<Told> told) {
        Map<String, Long> sessions = told.stream().collect(groupingBy(Told::contact, counting()));
        List<JsonObject> ours = answers(told);
        Map<Long, Long> perTurn = ours.stream()
                .map(ShuffledWebhooks::turn)
                .filter(Objects::nonNull)
                .collect(groupingBy(Function.identity(), counting()));
        Map<Long, Long> received = hall.sent().stream().collect(groupingBy(Sent::messageId, counting()));
        return List.of(
                Promise.of("every webhook gets 200", answers, answer -> answer.status() == 200),
                Promise.of(
                        "every contact has one session",
                        IntStream.range(0, contacts)
                                .mapToObj(i -> prefix + "%06d".formatted(i))
                                .toList(),
                        contact -> sessions.getOrDefault(contact, 0L) == 1),
                Promise.of("there is no other session", told.size() == contacts, told.size() + " sessions"),
                Promise.of("transcripts have each message once, in their own order", told, one -> one.written()
                        .equals(expected(one.contact()))),
                Promise.of(
                        "every message is answered by exactly one turn",
                        answered(written, told, perTurn),
                        one -> one.answers() == 1),
                Promise.of(
                        "every answer is at Meta exactly once",
                        ours,
                        answer -> received.getOrDefault(answer.getLong("messageId"), 0L) == 1),
                Promise.of("every answer belongs to a turn", ours, answer -> turn(answer) != null),
                Promise.of("every task is final", quiet, "open tasks"));
    }

    private List<String> expected(String contact) {
        return IntStream.range(0, messages)
                .mapToObj(i -> new Written(contact, i, begin).id())
                .toList();
    }

    private static List<Answered> answered(List<Written> written, List<Told> told, Map<Long, Long> perTurn) {
        Map<String, Long> turns = new HashMap<>(told.stream()
                .flatMap(one -> one.transcript().stream())
                .filter(message -> message.getString("senderType").equals("Usuário-Cliente"))
                .filter(message -> turn(message) != null)
                .collect(toMap(
                        message -> message.getString("providerMessageId"), ShuffledWebhooks::turn, (one, two) -> -1L)));
        return written.stream()
                .map(one -> new Answered(
                        one.id(), turns.get(one.id()), perTurn.getOrDefault(turns.getOrDefault(one.id(), -1L), 0L)))
                .toList();
    }

    private static List<JsonObject> answers(List<Told> told) {
        return told.stream()
                .flatMap(one -> one.transcript().stream())
                .filter(message -> message.getString("senderType").equals("Assistente"))
                .toList();
    }

    private static Long turn(JsonObject message) {
        return message.getLong("turnTaskId");
    }
}
