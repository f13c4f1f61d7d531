package dev.comuta.mail;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: mails alerts, sign-in links and notices of hand-overs. */
public interface Mailer {

    /**
     * Sends one mail to each recipient. A retry may send a mail twice.
     *
     * @param recipients e-mail addresses, at least one
     * @param subject one line
     * @param text plain text of the mail
     * @return fails only with a {@link dev.comuta.platform.problem.TransientFailure}, which may be retried, and which
     *     says whether the mail may have been sent
     */
    Uni<Void> send(List<String> recipients, String subject, String text);
}
