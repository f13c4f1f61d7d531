package dev.comuta.provider.twilio;

import dev.comuta.channel.Provider;
import dev.comuta.message.MessageSender;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.OutgoingLimits;
import dev.comuta.message.rule.TemplateForm;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.provider.twilio.TwilioApi.Addresses;
import dev.comuta.provider.twilio.TwilioApi.Sent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sends WhatsApp messages through Twilio, which sends a repeated request as a second message. So every attempt after
 * the first searches Twilio's list for the message: one with the same text that is no older than ours, did not fail,
 * and is not another message of ours. When it is found, nothing is sent. Other content than a text is not sent a second
 * time after an attempt of unknown outcome.
 */
@ApplicationScoped
class TwilioSender implements MessageSender {

    private static final int MAX_TEXT = 1_600;
    private static final OutgoingLimits LIMITS = new OutgoingLimits(MAX_TEXT, MAX_TEXT);

    /** Twilio's clock may be behind ours by this much. */
    private static final Duration MAX_CLOCK_LAG = Duration.ofMinutes(1);

    private final TwilioApi api;
    private final TwilioAddresses addresses;

    TwilioSender(TwilioApi api, TwilioAddresses addresses) {
        this.api = api;
        this.addresses = addresses;
    }

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    /** A retry makes two requests, and asks for taken ids between them. */
    @Override
    public Duration timeLimit() {
        return api.requestLimit().multipliedBy(2).plus(PreviousAttempts.LOOKUP_LIMIT);
    }

    @Override
    public boolean isPaced() {
        return true;
    }

    @Override
    public boolean hasWindow() {
        return true;
    }

    /** The API for messages has no parameter for it. */
    @Override
    public boolean canReply() {
        return false;
    }

    @Override
    public int maxText() {
        return MAX_TEXT;
    }

    @Override
    public long maxFile() {
        return TwilioMedia.LIMIT;
    }

    @Override
    public Violation objection(Content content) {
        Violation objection = LIMITS.objection(content);
        return objection == null ? TwilioOutgoing.objection(content) : objection;
    }

    @Override
    public Optional<TemplateForm> templateForm() {
        return Optional.of(TwilioVariables::form);
    }

    @Override
    public Uni<String> send(OutgoingMessage message) {
        TwilioAccount account = TwilioAccount.of(message.channel().credentials());
        if (account == null) {
            return Uni.createFrom().failure(new PermanentFailure("the channel has no Twilio credentials"));
        }
        Addresses between = new Addresses(
                TwilioMessage.withScheme(message.channel().channelIdentifier()),
                TwilioMessage.withScheme(message.to()));
        if (message.content() instanceof Content.Text) {
            return message.earlier() == null
                    ? post(account, message, between)
                    : postUnlessSent(account, message, between);
        }
        return message.mayHaveBeenSent()
                ? Uni.createFrom()
                        .failure(new UnknownOutcome("Twilio's list does not show the content of a message", null))
                : post(account, message, between);
    }

    private Uni<String> postUnlessSent(TwilioAccount account, OutgoingMessage message, Addresses between) {
        return api.newest(account, between)
                .onFailure(TransientFailure.class)
                .transform(TwilioErrors::ofQuery)
                .chain(sent -> sidOf(message, candidates(message, sent)))
                .chain(sid -> sid == null
                        ? post(account, message, between)
                        : Uni.createFrom().item(sid));
    }

    /** A second message of other content than a text could not be told from the first, so it is not sent twice. */
    private Uni<String> post(TwilioAccount account, OutgoingMessage message, Addresses between) {
        Uni<String> sent = api.send(
                account,
                between,
                TwilioOutgoing.of(message.content()),
                addresses.statusCallback(message.channel().ref().channelId(), message.reference()));
        return message.content() instanceof Content.Text
                ? sent
                : sent.onFailure(TransientFailure.class).transform(TwilioErrors::ofSending);
    }

    /** The sids under which an earlier attempt may have sent the message, newest first. */
    private static List<String> candidates(OutgoingMessage message, List<Sent> sent) {
        Instant earliest = message.earlier().writtenAt().minus(MAX_CLOCK_LAG);
        String text = message.content().readableText().strip();
        return sent.stream()
                .filter(candidate -> !candidate.failed())
                .filter(candidate ->
                        candidate.body() != null && text.equals(candidate.body().strip()))
                .filter(candidate -> !candidate.createdAt().isBefore(earliest))
                .map(Sent::sid)
                .toList();
    }

    private static Uni<String> sidOf(OutgoingMessage message, List<String> candidates) {
        return candidates.isEmpty()
                ? Uni.createFrom().nullItem()
                : message.earlier().knownIds().apply(candidates).map(known -> sidOf(message, candidates, known));
    }

    /**
     * The newest sid that belongs to no other message; null when the message has none. Older messages with the same text
     * may own as many of them as have no known sid. When they may own all, the message may have none of them.
     */
    private static String sidOf(OutgoingMessage message, List<String> candidates, KnownIds known) {
        List<String> free =
                candidates.stream().filter(sid -> !known.taken().contains(sid)).toList();
        if (free.size() > known.unidentified()) {
            return free.getFirst();
        }
        if (!free.isEmpty() && message.earlier().mayHaveArrived()) {
            throw new UnknownOutcome("Twilio's list does not distinguish the message from an older one", null);
        }
        return null;
    }
}
