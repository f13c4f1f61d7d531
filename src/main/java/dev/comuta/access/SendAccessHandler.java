package dev.comuta.access;

import dev.comuta.alert.AlertConfig;
import dev.comuta.mail.Mailer;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Effects;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Mails a sign-in link. A retry mails the same link. */
@ApplicationScoped
class SendAccessHandler implements TaskHandler {

    private final SignIn signIn;
    private final Mailer mail;
    private final AlertConfig config;
    private final AccessConfig access;

    SendAccessHandler(SignIn signIn, Mailer mail, AlertConfig config, AccessConfig access) {
        this.signIn = signIn;
        this.mail = mail;
        this.config = config;
        this.access = access;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(AccessTasks.SEND_ACCESS);
    }

    @Override
    public Duration timeLimit() {
        return config.timeLimit();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return signIn.invitation(task.clientId(), task.requestedId("linkId"))
                .chain(this::send)
                .replaceWith(new Outcome.Done(null, Effects.NONE));
    }

    private Uni<Void> send(Invitation invitation) {
        return invitation == null
                ? Uni.createFrom().voidItem()
                : mail.send(List.of(invitation.address()), "Acesso: " + invitation.clientName(), text(invitation));
    }

    private String text(Invitation invitation) {
        return """
                Olá,

                para entrar em “%s”, abra este endereço nos próximos 15 minutos:

                %s#%s

                Vale uma só vez. Se não foi você quem pediu, ignore esta mensagem.
                """.formatted(invitation.clientName(), access.page(), invitation.token());
    }
}
