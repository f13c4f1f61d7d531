package dev.comuta.chaos;

import dev.comuta.chaos.Evidence.Event;
import dev.comuta.chaos.Evidence.Inbound;
import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.chaos.Evidence.Session;
import dev.comuta.chaos.Evidence.Task;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.Sandbox;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

    Collector(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    long openTasks() {
        return (Long) sandbox.postgres().value("""
                select count(*) from BackgroundTasks
                where ClientID is not null and Status in ('Pendente', 'Em Andamento')""");
    }

    Evidence collect() {
        return new Evidence(inbound(), outbound(), sessions(), tasks(), events(), received());
    }

    private List<Inbound> inbound() {
        return rows(
                """
                select m.MessageID as id, m.ProviderMessageID as provider_id, m.SessionID as session,
                       e.PhoneNumber as contact, m.TurnTaskID as turn
                from Messages m join Sessions s using (ClientID, SessionID)
                join ClientEndUsers e using (ClientID, EndUserID)
                where m.SenderType = 'Usuário-Cliente' order by 1""",
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
                select MessageID as id, SessionID as session, Status as status, TurnTaskID as turn
                from Messages where SenderType = 'Assistente' order by 1""",
                row -> new Outbound(
                        number(row, "id"), number(row, "session"), (String) row.get("status"), (Long) row.get("turn")));
    }

    private List<Session> sessions() {
        return rows("""
                select s.SessionID as id, e.PhoneNumber as contact
                from Sessions s join ClientEndUsers e using (ClientID, EndUserID)""", row -> new Session(number(row, "id"), (String) row.get("contact")));
    }

    private List<Task> tasks() {
        return rows(
                "select TaskID as id, TaskType as type, Status as status from BackgroundTasks where ClientID is not null",
                row -> new Task(number(row, "id"), (String) row.get("type"), (String) row.get("status")));
    }

    private List<Event> events() {
        return rows("""
                select EventType as type,
                       coalesce(EventData ->> 'MessageID', EventData ->> 'TaskID', EventData ->> 'TaskType', '') as subject
                from Events""", row -> new Event((String) row.get("type"), (String) row.get("subject")));
    }

    /** In the order received. A webhook-id that the gateway already has is a duplicate without effect. */
    private List<Received> received() {
        Set<Long> atGateway = new HashSet<>();
        return Stream.of("gateway", "meta", "twilio")
                .flatMap(provider -> sandbox.providers().requests(provider).stream())
                .filter(request -> request.fault() == null && request.method().equals("POST"))
                .sorted(Comparator.comparing(RecordedRequest::at))
                .flatMap(request -> messageIn(request).stream()
                        .map(id -> new Received(
                                id, request.at(), request.provider().equals("gateway") && !atGateway.add(id))))
                .toList();
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

    private <T> List<T> rows(String sql, Function<Map<String, Object>, T> mapper) {
        return sandbox.postgres().query(sql).stream().map(mapper).toList();
    }

    private static long number(Map<String, Object> row, String name) {
        return (Long) row.get(name);
    }
}
