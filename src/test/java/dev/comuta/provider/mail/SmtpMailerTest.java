package dev.comuta.provider.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.mailer.Mail;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpMailerTest {

    private static final String TEXT = "Linha 1\nLinha 2";

    private final List<Mail> sent = new ArrayList<>();
    private final SmtpMailer mailer = new SmtpMailer(this::send, new Tracing(OpenTelemetry.noop(), () -> true));

    private Uni<Void> send(Mail... mails) {
        sent.addAll(List.of(mails));
        return Uni.createFrom().voidItem();
    }

    @Test
    void sendsOneMailToEachRecipient() {
        mailer.send(List.of("a@x.example", "b@x.example"), "Alerta", TEXT)
                .await()
                .indefinitely();

        assertEquals(
                List.of(List.of("a@x.example"), List.of("b@x.example")),
                sent.stream().map(Mail::getTo).toList());
        assertEquals(TEXT, sent.getFirst().getText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nBcc: todos@x.example", "\nBcc: todos@x.example", "\r", "\0", "\u0085"})
    void refusesLinesThatWouldAddHeaders(String injection) {
        assertRefused(List.of("a@x.example"), "Alerta" + injection);
        assertRefused(List.of("a@x.example", "b@x.example" + injection), "Alerta");
    }

    private void assertRefused(List<String> recipients, String subject) {
        assertThrows(
                PermanentFailure.class,
                () -> mailer.send(recipients, subject, TEXT).await().indefinitely());
        assertEquals(List.of(), sent);
    }
}
