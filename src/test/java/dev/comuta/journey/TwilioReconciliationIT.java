package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.Registration.Twilio;
import dev.comuta.sandbox.TwilioProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages whose webhooks were lost arrive by Twilio's list, once. */
class TwilioReconciliationIT {

    private static final String JOB = "ReconciliacoesTwilio";
    private static final String STORED = "select count(*) from Messages where ProviderMessageID = ?";
    private static Comuta comuta;
    private static TwilioProvider twilio;
    private static Twilio account;

    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions()
                .with("COMUTA_TWILIO_RECONCILIATION_INTERVAL", "1s")
                .with("COMUTA_TWILIO_RECONCILIATION_DELAY", "0s")
                .with("COMUTA_TWILIO_RECONCILIATION_PAUSE", "50ms"));
        twilio = comuta.sandbox().providers().twilio();
        account = comuta.registered().twilio();
        // A new server waits before it requests its jobs.
        comuta.column(
                "insert into BackgroundTasks (TaskType, DedupeKey) values (?, ?) on conflict do nothing", JOB, JOB);
        await().atMost(Comuta.TIMEOUT).until(() -> reconciliations() > 0);
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void aWebhookThatWasLostWhileTheServerWasAwayArrivesOnce() {
        String person = Comuta.newNumber();
        String known = "SM" + "a".repeat(24) + person.substring(6);
        send(known, person, "Antes").expect(200);
        comuta.server().stop();
        String lost = lose(person, "Quais imóveis estão disponíveis no bairro X?");
        comuta.server().start();

        await().atMost(Comuta.TIMEOUT).until(() -> comuta.value(STORED, lost).equals(1L));
        await().atMost(Comuta.TIMEOUT)
                .until(() -> !twilio.messagesTo(person).isEmpty()
                        && twilio.messagesTo(person).stream()
                                .anyMatch(reply -> reply.body().contains("Imóvel A")));

        send(lost, person, "Quais imóveis estão disponíveis no bairro X?").expect(200);
        long before = reconciliations();
        await().atMost(Comuta.TIMEOUT).until(() -> reconciliations() > before + 2);
        assertEquals(1L, comuta.value(STORED, lost));
        assertEquals(1L, comuta.value(STORED, known));
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from BackgroundTasks t join Messages m on (t.RequestData ->> 'messageId')::bigint "
                                + "= m.MessageID where t.TaskType in ('RespostaAssistente', 'MensagemAtrasada') "
                                + "and m.ProviderMessageID = ?",
                        lost));
    }

    @Test
    void readsAllPagesAndRepeatsAfterErrorsOfTwilio() {
        comuta.sandbox()
                .providers()
                .fault(Fault.of("twilio", Mode.FAIL).status(503).times(3));
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            lost.add(lose(Comuta.newNumber(), "Recado " + i));
        }

        await().atMost(Comuta.TIMEOUT).until(() -> lost.stream()
                .allMatch(sid -> comuta.value(STORED, sid).equals(1L)));

        comuta.sandbox().providers().clearFaults();
        assertTrue(reconciliations() > 0);
    }

    private static long reconciliations() {
        return (long) comuta.value(
                "select count(*) from BackgroundTasks where TaskType = 'ReconciliacaoTwilio' and Status = 'Concluída'");
    }

    private static String lose(String person, String text) {
        return twilio.loseWebhook(account.accountSid(), person, account.number(), text);
    }

    private static Api.Answer send(String sid, String person, String text) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sid);
        form.put("AccountSid", account.accountSid());
        form.put("From", "whatsapp:" + person);
        form.put("To", "whatsapp:" + account.number());
        form.put("NumMedia", "0");
        form.put("Body", text);
        return Conversation.twilio(comuta)
                .signed("/webhooks/twilio/messages", form)
                .send(comuta);
    }
}
