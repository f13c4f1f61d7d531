package dev.comuta.message.rule;

import dev.comuta.channel.ChannelTerms;
import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateStatus;
import dev.comuta.channel.template.TemplateStore;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.Outgoing;
import dev.comuta.people.ConsentStatus;
import dev.comuta.people.Consents;
import dev.comuta.people.consent.ReportedConsents.ReportedConsent;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rejects messages that WhatsApp would refuse, or that the end user does not want: free content outside of the window,
 * templates that cannot be sent or whose values do not fit, and whatever the company begins after an opt-out.
 */
@ApplicationScoped
public class SendingRules {

    /** The cause of the failure of a message that came after the window. */
    public static final String WINDOW_ENDED = "the window for free content has ended";

    /** The purpose of consents about templates of the category 'Marketing'. */
    private static final String MARKETING = ReportedConsent.MARKETING;

    private final TemplateStore templates;
    private final Consents consents;

    SendingRules(TemplateStore templates, Consents consents) {
        this.templates = templates;
        this.consents = consents;
    }

    /**
     * An end user on a channel.
     *
     * @param windowOpen whether the window after a message of the end user is open
     * @param byProvider whether the provider has such a window
     */
    public record Recipient(ChannelTerms channel, long endUserId, boolean windowOpen, boolean byProvider) {}

    /**
     * Whether this content comes after the window.
     *
     * @param hasWindow what the channel says about it; null when the provider decides
     */
    public static boolean isLate(Content content, boolean windowOpen, Boolean hasWindow, boolean byProvider) {
        return !windowOpen && !(content instanceof Outgoing.Template) && (hasWindow == null ? byProvider : hasWindow);
    }

    /**
     * Fails with a conflict when the rules do not allow this content now, and as invalid when the values of a template
     * do not fit. An answer needs no consent, a template does.
     *
     * @return the content; a template that the channel knows, with its text and the values in it
     */
    public Uni<Content> require(Tx tx, Recipient to, Content content) {
        if (content instanceof Outgoing.Template template) {
            return requireTemplate(tx, to, template);
        }
        return isLate(content, to.windowOpen(), to.channel().hasWindow(), to.byProvider())
                ? conflict(tx, to, ProblemType.WINDOW_ENDED, WINDOW_ENDED)
                : Uni.createFrom().item(content);
    }

    /** The same for a message with which the company begins a conversation, which needs consent whatever it is. */
    public Uni<Content> requireToBegin(Tx tx, Recipient to, Content content) {
        return requireConsent(tx, to, null).chain(() -> require(tx, to, content));
    }

    private Uni<Content> requireTemplate(Tx tx, Recipient to, Outgoing.Template template) {
        return templates
                .find(tx, to.channel().ref(), template.name(), template.language())
                .chain(known ->
                        known == null ? requireUnread(tx, to, template) : requireSendable(tx, to, template, known));
    }

    /** A channel whose templates were never read may send any: its provider checks the name. */
    private Uni<Content> requireUnread(Tx tx, Recipient to, Outgoing.Template template) {
        return requireConsent(tx, to, null)
                .chain(() -> templates.knowsAny(tx, to.channel().ref()))
                .chain(knowsAny -> knowsAny
                        ? conflict(tx, to, ProblemType.CONFLICT, "the channel has no such template")
                        : Uni.createFrom().item(template));
    }

    private Uni<Content> requireSendable(Tx tx, Recipient to, Outgoing.Template template, KnownTemplate known) {
        TemplateValues.Fault fault = TemplateValues.of(known, template);
        if (fault != null) {
            return Uni.createFrom().failure(Problem.invalid(fault.field(), fault.rule()));
        }
        return requireConsent(tx, to, known.category() == TemplateCategory.MARKETING ? MARKETING : null)
                .chain(() -> known.status() == TemplateStatus.APPROVED
                        ? Uni.createFrom().item(template.withText(TemplateValues.text(known, template)))
                        : conflict(
                                tx,
                                to,
                                ProblemType.CONFLICT,
                                "the template is '" + known.status().stored() + "'"));
    }

    private Uni<Void> requireConsent(Tx tx, Recipient to, String purpose) {
        return consents.status(
                        tx,
                        to.channel().ref().clientId(),
                        to.endUserId(),
                        to.channel().type(),
                        purpose)
                .map(SendingRules::requireNotRevoked);
    }

    private static Void requireNotRevoked(ConsentStatus status) {
        if (status == ConsentStatus.REVOKED) {
            throw Problem.of(
                    ProblemType.CONSENT_REVOKED,
                    "the end user opted out; only the end user's opt-in, or a consent that is recorded for them, allows it");
        }
        return null;
    }

    /** A conflict that names the templates that may be sent. */
    private Uni<Content> conflict(Tx tx, Recipient to, ProblemType type, String reason) {
        return templates
                .usable(tx, to.channel().ref())
                .map(usable -> Problem.of(type, reason + ": " + named(usable)))
                .chain(problem -> Uni.createFrom().failure(problem));
    }

    private static String named(List<KnownTemplate> usable) {
        return usable.isEmpty()
                ? "the channel has no approved template; read its templates from the provider with syncTemplates"
                : usable.stream()
                        .map(KnownTemplate::toString)
                        .collect(Collectors.joining(", ", "templates that may be sent: ", ""));
    }
}
