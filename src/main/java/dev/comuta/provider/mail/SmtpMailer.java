package dev.comuta.provider.mail;

import dev.comuta.mail.Mailer;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Sends plain-text mails by SMTP. Each recipient gets a separate mail, so that addresses are not disclosed. */
@ApplicationScoped
class SmtpMailer implements Mailer {

    private static final int MAX_CAUSES = 10;

    private final ReactiveMailer mailer;
    private final Tracing tracing;

    SmtpMailer(ReactiveMailer mailer, Tracing tracing) {
        this.tracing = tracing;
        this.mailer = mailer;
    }

    /** Fails permanently when the subject or an address has a line break: it would add headers to the mail. */
    @Override
    public Uni<Void> send(List<String> recipients, String subject, String text) {
        if (Stream.concat(Stream.of(subject), recipients.stream()).anyMatch(SmtpMailer::hasControlCharacter)) {
            return Uni.createFrom()
                    .failure(new PermanentFailure("the subject or an address of a mail is not one line"));
        }
        Mail[] mails = recipients.stream()
                .map(address -> Mail.withText(address, subject, text))
                .toArray(Mail[]::new);
        return tracing.span(SpanKind.CLIENT, "mail", Attributes.empty(), () -> mailer.send(mails))
                .onFailure()
                .transform(SmtpMailer::failureOf);
    }

    /** Only a refusal, or a server that was not reached, shows that the mail was not sent. */
    private static TransientFailure failureOf(Throwable failure) {
        boolean definite = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(cause -> cause instanceof SMTPException
                        || cause instanceof ConnectException
                        || cause instanceof UnknownHostException);
        return definite
                ? new TransientFailure("the mail server did not accept the mail", failure)
                : TransientFailure.unanswered(failure);
    }

    private static boolean hasControlCharacter(String line) {
        return line.chars().anyMatch(Character::isISOControl);
    }
}
