package dev.comuta.mail;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: carries an alert, or a link to sign in by, to people. */
public interface Mailer {

    /**
     * Tells all recipients by mail; a repeated call may tell them again.
     *
     * @param recipients e-mail addresses, at least one
     * @param subject one line
     * @param text what happened, for a person
     * @return fails with a {@link dev.comuta.platform.problem.TransientFailure} when it may be tried again
     */
    Uni<Void> send(List<String> recipients, String subject, String text);
}
