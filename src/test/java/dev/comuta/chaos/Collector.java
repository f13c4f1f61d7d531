package dev.comuta.chaos;

import dev.comuta.chaos.Evidence.Event;
import dev.comuta.chaos.Evidence.Inbound;
import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.chaos.Evidence.Session;
import dev.comuta.chaos.Evidence.Task;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.Sandbox;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Collects the evidence: rows by SQL, and the requests that the simulated providers recorded. */
final class Collector {

    private static final Pattern TWILIO_CALLBACK = Pattern.compile("/status\\?channel=\\d+&message=(\\d+)");

    private final Sandbox sandbox;
    private final AttemptLog log;
    private final Position start;

    /** Collects the rows that are written from now on. */
    Collector(Sandbox sandbox, AttemptLog log) {
        this.sandbox = sandbox;
        this.log = log;
        this.start = new Position(
                highest("MessageID", "Messages"),
                highest("SessionID", "Sessions"),
                highest("TaskID", "BackgroundTasks"),
                highest("EventID", "Events"));
    }

    /** The highest id of each table. */
    private record Position(long message, long session, long task, long event) {}

    private long highest(String id, String table) {
        return (Long) sandbox.postgres().value("select coalesce(max(" + id + "), 0) from " + table);
    }

    long openTasks() {
        return (Long) sandbox.postgres().value("""
                select count(*) from BackgroundTasks
                where ClientID is not null and Status in ('Pendente', 'Em Andamento')""");
    }

    Evidence collect() {
        return new Evidence(inbound(), outbound(), sessions(), tasks(), events(), received(), log.after(start.task()));
    }

    private List<Inbound> inbound() {
        return rows(
                """
                select m.MessageID as id, m.ProviderMessageID as provider_id, m.SessionID as session,
                       e.PhoneNumber as contact, m.TurnTaskID as turn
                from Messages m join Sessions s using (ClientID, SessionID)
                join ClientEndUsers e using (ClientID, EndUserID)
                where m.SenderType = 'Usuário-Cliente' and m.MessageID > ? order by 1""",
                start.message(),
                row -> new Inbound(
                        number(row, "id"),
                        (String) row.get("provider_id"),
                        number(row, "session"),
                        (String) row.get("contact"),
                        (Long) row.get("turn")));
    }

    private List<Outbound> outbound() {
        return rows(
                """
                select m.MessageID as id, m.SessionID as session, m.Status as status, m.TurnTaskID as turn,
                       c.Provider as provider, m.Timestamp as written
                from Messages m join Sessions s using (ClientID, SessionID)
                join CommunicationChannels c using (ClientID, ChannelID)
                where m.SenderType = 'Assistente' and m.MessageID > ? order by 1""",
                start.message(),
                row -> new Outbound(
                        number(row, "id"),
                        number(row, "session"),
                        (String) row.get("status"),
                        (Long) row.get("turn"),
                        (String) row.get("provider"),
                        (Instant) row.get("written")));
    }

    private List<Session> sessions() {
        return rows("""
                select s.SessionID as id, e.PhoneNumber as contact
                from Sessions s join ClientEndUsers e using (ClientID, EndUserID)
                where s.SessionID > ?""", start.session(), row -> new Session(number(row, "id"), (String) row.get("contact")));
    }

    private List<Task> tasks() {
        return rows(
                """
                select TaskID as id, TaskType as type, Status as status, Attempts as attempts, LastError as error,
                       (RequestData ->> 'messageId')::bigint as message
                from BackgroundTasks where ClientID is not null and TaskID > ?""",
                start.task(),
                row -> new Task(
                        number(row, "id"),
                        (String) row.get("type"),
                        (String) row.get("status"),
                        (Long) row.get("message"),
                        (Integer) row.get("attempts"),
                        (String) row.get("error")));
    }

    private List<Event> events() {
        return rows("""
                select EventType as type,
                       coalesce(EventData ->> 'MessageID', EventData ->> 'TaskID', '') as subject
                from Events where EventID > ?""", start.event(), row -> new Event((String) row.get("type"), (String) row.get("subject")));
    }

    /** In the order received. A webhook-id that the gateway already has is a duplicate without effect. */
    private List<Received> received() {
        Set<Long> atGateway = new HashSet<>();
        return Stream.of("gateway", "meta", "twilio")
                .flatMap(provider -> sandbox.providers().requests(provider).stream())
                .filter(request -> request.method().equals("POST"))
                .sorted(Comparator.comparing(RecordedRequest::at))
                .flatMap(request -> messageIn(request).stream().map(id -> received(request, id, atGateway)))
                .toList();
    }

    private static Received received(RecordedRequest request, long id, Set<Long> atGateway) {
        Mode fault = Stream.of(Mode.values())
                .filter(mode -> mode.word().equals(request.fault()))
                .findFirst()
                .orElse(null);
        Received received = new Received(id, request.at(), false, fault);
        boolean duplicate = received.isAccepted() && request.provider().equals("gateway") && !atGateway.add(id);
        return new Received(id, request.at(), duplicate, fault);
    }

    private static Optional<Long> messageIn(RecordedRequest request) {
        return switch (request.provider()) {
            case "gateway" -> Optional.of(Long.valueOf(new JsonObject(request.body()).getString("messageId")));
            case "meta" ->
                Optional.ofNullable(new JsonObject(request.body()).getString("biz_opaque_callback_data"))
                        .map(Long::valueOf);
            default -> {
                Matcher callback = TWILIO_CALLBACK.matcher(URLDecoder.decode(request.body(), StandardCharsets.UTF_8));
                yield callback.find() ? Optional.of(Long.valueOf(callback.group(1))) : Optional.empty();
            }
        };
    }

    private <T> List<T> rows(String sql, long after, Function<Map<String, Object>, T> mapper) {
        return sandbox.postgres().query(sql, after).stream().map(mapper).toList();
    }

    private static long number(Map<String, Object> row, String name) {
        return (Long) row.get(name);
    }
}
