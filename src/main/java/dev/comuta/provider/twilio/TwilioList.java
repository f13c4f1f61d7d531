package dev.comuta.provider.twilio;

import dev.comuta.platform.http.StorableText;
import dev.comuta.provider.twilio.ReconcileHandler.Period;
import dev.comuta.provider.twilio.TwilioApi.Inbound;
import dev.comuta.provider.twilio.TwilioApi.InboundFile;
import dev.comuta.provider.twilio.TwilioApi.InboundPage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads Twilio's list of received messages, and brings one into the form of its webhook. */
@ApplicationScoped
class TwilioList {

    private static final URI TWILIO = URI.create("https://api.twilio.com");

    private final TwilioApi api;
    private final TwilioConfig config;

    TwilioList(TwilioApi api, TwilioConfig config) {
        this.api = api;
        this.config = config;
    }

    /**
     * A part of the list.
     *
     * @param messages the oldest first
     * @param more whether older messages remain
     * @param oldest the time of the oldest message that was read; null when there was none
     */
    record Portion(List<Inbound> messages, boolean more, Instant oldest) {}

    /** Reads at most so many pages of the messages to a number, with a pause between two. */
    Uni<Portion> read(TwilioAccount account, String number, Period period, int pages) {
        return page(new Reading(account, TwilioMessage.withScheme(number), period, new ArrayList<>()), null, pages);
    }

    /** @param found the messages so far, the newest first */
    private record Reading(TwilioAccount account, String to, Period period, List<Inbound> found) {

        Portion portion(boolean more) {
            Instant oldest = found.isEmpty() ? null : found.getLast().sentAt();
            List<Inbound> within = found.stream()
                    .filter(message -> !message.sentAt().isBefore(period.since()))
                    .filter(message -> !message.sentAt().isAfter(period.until()))
                    .toList()
                    .reversed();
            return new Portion(within, more, oldest);
        }
    }

    private Uni<Portion> page(Reading reading, String next, int pages) {
        return api.received(
                        reading.account(),
                        reading.to(),
                        reading.period().since(),
                        reading.period().continues() ? reading.period().until() : null,
                        next)
                .chain(page -> rest(reading, page, pages));
    }

    private Uni<Portion> rest(Reading reading, InboundPage page, int pages) {
        page.messages().stream().filter(message -> message.sentAt() != null).forEach(reading.found()::add);
        return page.next() == null || pages == 1
                ? Uni.createFrom()
                        .item(reading.portion(
                                page.next() != null && !reading.found().isEmpty()))
                : Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(config.reconciliationPause())
                        .chain(() -> page(reading, page.next(), pages - 1));
    }

    /** The list has neither the sender's name nor buttons and places; the text of a button is in the body. */
    TwilioMessage form(TwilioAccount account, Inbound message, String to, List<InboundFile> files) {
        SortedMap<String, List<String>> fields = new TreeMap<>();
        fields.put("MessageSid", List.of(message.sid()));
        fields.put("AccountSid", List.of(account.accountSid()));
        fields.put("From", List.of(StorableText.of(message.from())));
        fields.put("To", List.of(TwilioMessage.withScheme(to)));
        fields.put("Body", List.of(message.body() == null ? "" : StorableText.of(message.body())));
        fields.put("NumMedia", List.of(Integer.toString(files.size())));
        for (int i = 0; i < files.size(); i++) {
            fields.put(
                    "MediaUrl" + i,
                    List.of(config.baseUrl()
                            .orElse(TWILIO)
                            .resolve(files.get(i).path())
                            .toString()));
            fields.put("MediaContentType" + i, List.of(files.get(i).contentType()));
        }
        return new TwilioMessage(new TwilioForm(fields));
    }
}
