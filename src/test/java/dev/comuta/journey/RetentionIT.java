package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention: the days that a company sets, and the removal of expired rows. */
class RetentionIT {

    private static Comuta comuta;
    private static Api platform;

    private String home;
    private long clientId;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @BeforeEach
    void registerACompany() {
        home = platform.post("/clients", new JsonObject().put("clientName", "Esquecida"))
                .expect(201)
                .location();
        clientId = Long.parseLong(home.substring("/clients/".length()));
    }

    @Test
    void acceptsRetentionDaysWithinBounds() {
        JsonObject defaults = platform.get(home + "/retention").expect(200).json();
        assertEquals(1825, defaults.getInteger("contentDays"));

        String tag = change(new JsonObject().put("contentDays", 30).put("eventDays", 10))
                .expect(200)
                .header("etag");
        assertEquals(
                "30/365/10",
                platform.get(home + "/retention").json().getInteger("contentDays") + "/"
                        + platform.get(home + "/retention").json().getInteger("mediaDays") + "/"
                        + platform.get(home + "/retention").json().getInteger("eventDays"));

        Api unchecked = platform.withInvalidRequest();
        unchecked
                .patch(home + "/retention", new JsonObject().put("contentDays", 0))
                .expectProblem(400, "invalid-request");
        unchecked
                .patch(home + "/retention", new JsonObject().put("eventDays", 3651))
                .expectProblem(400, "invalid-request");
        change(new JsonObject().putNull("contentDays")).expect(200);
        assertEquals(1825, platform.get(home + "/retention").json().getInteger("contentDays"));
        platform.send("PATCH", home + "/retention", "{\"mediaDays\":1}", "if-match", tag)
                .expectProblem(412, "stale");
    }

    @Test
    void removesOnlyExpiredRows() {
        change(new JsonObject().put("contentDays", 30).put("mediaDays", 7).put("eventDays", 10))
                .expect(200);
        long expired = session("40 days");
        long recent = session("20 days");
        long open = session(null);

        removeExpired();

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(List.of(), contents(expired)));
        assertEquals(List.of("Texto/Oi/{\"a\": 1}", "Imagem/Foto/null"), contents(recent));
        assertEquals(List.of("Texto/Oi/{\"a\": 1}", "Imagem/Foto/{\"id\": \"7\"}"), contents(open));
        assertEquals(List.of(1L), comuta.column("select count(*) from Sessions where SessionID = ?", expired));
        assertEquals(
                List.of("novo"),
                comuta.column(
                        "select EventData ->> 'a' from Events where ClientID = ? and EventData ->> 'a' is not null",
                        clientId));
        assertEquals(0L, comuta.value("select count(*) from BackgroundTasks where SessionID = ?", expired));
        assertEquals(1L, comuta.value("select count(*) from BackgroundTasks where SessionID = ?", recent));
    }

    @Test
    void removesReadsOfTheAuditResolvedAlertsExpiredKeysAndEventsOfThePlatform() {
        String mark = "velho " + clientId;
        for (String age : List.of("366 days", "364 days")) {
            AuditIT.tamper("insert into AuditEntries (ClientID, Chained, HappenedAt, CallerKind, Action, Target) "
                    + "values (%d, false, now() - interval '%s', 'usuário', 'listMessages', '%s')"
                            .formatted(clientId, age, age));
            comuta.value(
                    "insert into Alerts (ClientID, Cause, Detail, Status, ResolvedAt) "
                            + "values (?, ?, 'x', 'Resolvido', now() - ?::interval) returning 1",
                    clientId,
                    age,
                    age);
        }
        comuta.value(
                "insert into Alerts (ClientID, Cause, Detail, LastAt) values (?, 'aberto', 'x', now() - interval '9 years') "
                        + "returning 1",
                clientId);
        for (String age : List.of("31 days", "29 days")) {
            comuta.value(
                    "insert into ApiKeys (ClientID, KeyName, KeyPrefix, KeyHash, ExpiresAt) "
                            + "values (?, ?, 'x', sha256(?::text::bytea), now() - ?::interval) returning 1",
                    clientId,
                    age,
                    clientId + age,
                    age);
        }
        for (String age : List.of("731 days", "729 days")) {
            comuta.value(
                    "insert into Events (EventType, EventData, Timestamp) "
                            + "values ('AlertaSistema', jsonb_build_object('mensagem', ?::text), now() - ?::interval) returning 1",
                    mark + age,
                    age);
        }

        removeExpired();

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        List.of(mark + "729 days"),
                        comuta.column(
                                "select EventData ->> 'mensagem' from Events where EventData ->> 'mensagem' like ?",
                                mark + "%")));
        assertEquals(
                List.of("364 days"),
                comuta.column("select Target from AuditEntries where ClientID = ? and Sequence is null", clientId));
        assertEquals(
                List.of("364 days", "aberto"),
                comuta.column("select Cause from Alerts where ClientID = ? order by Cause", clientId));
        assertEquals(List.of("29 days"), comuta.column("select KeyName from ApiKeys where ClientID = ?", clientId));
    }

    @Test
    void removesAClosedSessionThatNothingNamesWithWhatWasWrittenToItLate() {
        long named = session("4000 days");
        long unnamed = session("4000 days");
        long recent = session("4000 days");
        for (long session : List.of(named, unnamed, recent)) {
            comuta.value(
                    "update Sessions set ContentRemovedAt = now() - ?::interval where SessionID = ? returning 1",
                    session == recent ? "729 days" : "732 days",
                    session);
        }
        comuta.value("insert into Events (SessionID, EventType) values (?, 'MensagemFalhou') returning 1", named);

        removeExpired();

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        List.of(named, recent),
                        comuta.column("select SessionID from Sessions where ClientID = ? order by 1", clientId)));
        assertEquals(List.of(), contents(unnamed));
        assertEquals(2, contents(recent).size());
    }

    @Test
    void continuesImmediatelyWhileRowsRemain() {
        change(new JsonObject().put("eventDays", 10)).expect(200);
        comuta.value(
                "insert into Events (ClientID, EventType, Timestamp) "
                        + "select ?, 'AlertaSistema', now() - interval '11 days' from generate_series(1, 25000) returning 1",
                clientId);

        removeExpired();

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() ->
                        assertEquals(0L, comuta.value("select count(*) from Events where ClientID = ?", clientId)));
        await().atMost(Comuta.TIMEOUT)
                .until(() -> Boolean.TRUE.equals(
                        comuta.value("select min(NotBefore) > now() + interval '1 minute' from BackgroundTasks "
                                + "where TaskType = 'Retenção' and Status = 'Pendente'")));
    }

    @Test
    void removesOldTasksBesidesAnOpenOne() {
        String insert = "insert into BackgroundTasks (ClientID, TaskType, Status, CreatedAt, DueAt) "
                + "select ?, 'ConsultaCRM', ?, now() - interval '40 days', now() + interval '1 day' "
                + "from generate_series(1, ?) returning 1";
        comuta.value(insert, clientId, "Em Andamento", 1);
        comuta.value(insert, clientId, "Concluída", 25_000);

        removeExpired();

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        List.of("Em Andamento"),
                        comuta.column("select distinct Status from BackgroundTasks where ClientID = ?", clientId)));
        assertEquals(
                1,
                comuta.column("delete from BackgroundTasks where ClientID = ? returning 1", clientId)
                        .size());
    }

    private Api.Answer change(JsonObject fields) {
        return platform.patch(home + "/retention", fields);
    }

    /**
     * A session with a text, a picture and a task, which ended this long ago. With null it is open, and has an old and
     * a new event.
     */
    private long session(String endedAgo) {
        String channel = platform.post(
                        home + "/channels",
                        new JsonObject().put("channelType", "WhatsApp").put("channelIdentifier", Comuta.newNumber()))
                .expect(201)
                .location();
        long channelId = Long.parseLong(channel.substring(channel.lastIndexOf('/') + 1));
        long sessionId = (Long) comuta.value(
                "insert into Sessions (ClientID, ChannelID, StartTime, EndTime) values "
                        + "(?, ?, now() - interval '50 days', now() - ?::interval) returning SessionID",
                clientId,
                channelId,
                endedAgo);
        comuta.value(
                "insert into Messages (SessionID, SenderType, ContentType, Content, Payload) values "
                        + "(?, 'Usuário-Cliente', 'Texto', 'Oi', '{\"a\": 1}') returning 1",
                sessionId);
        comuta.value(
                "insert into Messages (SessionID, SenderType, ContentType, Content, Payload) values "
                        + "(?, 'Usuário-Cliente', 'Imagem', 'Foto', '{\"id\": \"7\"}') returning 1",
                sessionId);
        comuta.value(
                "insert into BackgroundTasks (SessionID, TaskType, Status) values (?, 'ConsultaCRM', 'Concluída') returning 1",
                sessionId);
        if (endedAgo == null) {
            comuta.value(
                    "insert into Events (SessionID, EventType, EventData, Timestamp) values "
                            + "(?, 'MensagemRecebida', '{\"a\": \"velho\"}', now() - interval '11 days'), "
                            + "(?, 'MensagemRecebida', '{\"a\": \"novo\"}', now() - interval '9 days') returning 1",
                    sessionId,
                    sessionId);
        }
        return sessionId;
    }

    private List<String> contents(long sessionId) {
        return comuta
                .column(
                        "select concat(ContentType, '/', Content, '/', coalesce(Payload::text, 'null')) from Messages "
                                + "where SessionID = ? order by MessageID",
                        sessionId)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Lets the job run now instead of in some minutes. */
    private static void removeExpired() {
        await().atMost(Comuta.TIMEOUT)
                .until(() -> comuta.value("update BackgroundTasks set NotBefore = null, DueAt = now() "
                                + "where TaskType = 'Retenção' and Status = 'Pendente' returning TaskID")
                        != null);
    }
}
