package dev.comuta.provider.meta;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.message.IdentityLinker;
import dev.comuta.message.IdentityLinker.Link;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.MessageStatusReports;
import dev.comuta.message.ParkedMessages;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.message.Received;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.webhook.Answer;
import dev.comuta.platform.webhook.WebhookEndpoint;
import dev.comuta.platform.webhook.WebhookRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Receives batches of messages and statuses for the channels of all clients. The owner of every delivery is the
 * platform's app at Meta, whose secret is in the configuration.
 */
@ApplicationScoped
class MetaWebhook implements WebhookEndpoint<MetaConfig> {

    static final String PATH = "/webhooks/meta";

    private static final Set<String> JSON = Set.of("application/json");

    private final ChannelDirectory channels;
    private final InboundMessages inbound;
    private final ParkedMessages parked;
    private final MessageStatusReports statusReports;
    private final IdentityLinker people;
    private final MetaConfig config;
    private final ObjectReader json;

    MetaWebhook(
            ChannelDirectory channels,
            InboundMessages inbound,
            ParkedMessages parked,
            MessageStatusReports statusReports,
            IdentityLinker people,
            MetaConfig config,
            ObjectMapper json) {
        this.channels = channels;
        this.inbound = inbound;
        this.parked = parked;
        this.statusReports = statusReports;
        this.people = people;
        this.config = config;
        this.json = MetaBatch.reader(json);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Set<String> mediaTypes() {
        return JSON;
    }

    @Override
    public boolean isBusy() {
        return inbound.isBusy();
    }

    @Override
    public Uni<MetaConfig> owner(WebhookRequest request) {
        return Uni.createFrom().item(config);
    }

    @Override
    public List<String> secrets(MetaConfig app) {
        return app.appSecret().stream().toList();
    }

    @Override
    public boolean isSigned(MetaConfig app, String secret, WebhookRequest request) {
        return MetaSignature.verifies(secret, request.header(MetaSignature.HEADER), request.body());
    }

    @Override
    public Problem rejection(WebhookRequest request) {
        return request.header(MetaSignature.HEADER) == null
                ? WebhookEndpoint.unsigned(MetaSignature.HEADER + " is required")
                : WebhookEndpoint.super.rejection(request);
    }

    /**
     * Stores messages and status reports, and parks unreadable messages and those for unknown numbers. Fails when a
     * part was not stored; the whole delivery may then be repeated.
     */
    @Override
    public Uni<Answer> accept(MetaConfig app, WebhookRequest request) {
        MetaBatch batch = read(request.body());
        return channelsOf(batch.messages())
                .chain(known -> link(batch, known))
                .chain(linked -> receive(batch, linked))
                .chain(parked::park)
                .chain(() -> statusReports.apply(batch.statusReports()))
                .replaceWith(Answer.OK);
    }

    private MetaBatch read(byte[] body) {
        try {
            return MetaBatch.read(json.readTree(body));
        } catch (IOException notJson) {
            throw Problem.invalid("body", "is not JSON");
        }
    }

    /** Maps Meta's id of each number to our channel id; unknown numbers are left out. */
    private Uni<Map<String, Long>> channelsOf(List<MetaMessage> messages) {
        Map<String, Long> known = new HashMap<>();
        List<String> ids =
                messages.stream().map(MetaMessage::phoneNumberId).distinct().toList();
        return InOrder.each(ids, id -> channels.findRouteByProviderId(MetaProvider.META, id)
                        .onItem()
                        .ifNotNull()
                        .invoke(route -> known.put(id, route.ref().channelId())))
                .replaceWith(known);
    }

    /**
     * A message of a known number.
     *
     * @param toLink the ids of its sender, which are still to be linked; null when they are
     */
    private record Routed(MetaMessage message, InboundMessage item, Link toLink) {}

    /**
     * Links the two ids that Meta gives for a sender, phone number and user id. Most are linked already. Returns the
     * messages of known numbers.
     */
    private Uni<List<Routed>> link(MetaBatch batch, Map<String, Long> known) {
        List<MetaMessage> messages = batch.messages().stream()
                .filter(message -> known.containsKey(message.phoneNumberId()))
                .toList();
        return people.link(
                        messages.stream().map(message -> link(message, known)).toList())
                .map(failed -> messages.stream()
                        .map(message -> route(message, known.get(message.phoneNumberId()), failed))
                        .toList());
    }

    private static Link link(MetaMessage message, Map<String, Long> known) {
        return new Link(known.get(message.phoneNumberId()), message.contact(), message.userId());
    }

    private static Routed route(MetaMessage message, long channelId, Set<Link> failed) {
        Link link = new Link(channelId, message.contact(), message.userId());
        return new Routed(message, message.toInbound(channelId), failed.contains(link) ? link : null);
    }

    /** Stores the messages of known numbers. Returns the items to park. */
    private Uni<List<Parked>> receive(MetaBatch batch, List<Routed> routed) {
        Set<MetaMessage> known = routed.stream().map(Routed::message).collect(toSet());
        List<Parked> toPark = new ArrayList<>(batch.unreadable());
        batch.messages().stream()
                .filter(message -> !known.contains(message))
                .forEach(message -> toPark.add(parked(message)));
        return routed.isEmpty()
                ? Uni.createFrom().item(toPark)
                : inbound.receive(routed.stream().map(Routed::item).toList())
                        .invoke(received -> addUnknown(toPark, routed, received))
                        .call(received -> linkLater(routed, received))
                        .replaceWith(toPark);
    }

    private Uni<Void> linkLater(List<Routed> routed, List<Received> received) {
        Map<Link, Received> later = new LinkedHashMap<>();
        for (int i = 0; i < routed.size(); i++) {
            if (routed.get(i).toLink() != null) {
                later.put(routed.get(i).toLink(), received.get(i));
            }
        }
        return people.linkLater(later);
    }

    /** Parks messages whose channel was deactivated between its look-up and the commit. */
    private static void addUnknown(List<Parked> toPark, List<Routed> routed, List<Received> received) {
        for (int i = 0; i < routed.size(); i++) {
            if (received.get(i).outcome() == Received.Outcome.UNKNOWN) {
                toPark.add(parked(routed.get(i).message()));
            }
        }
    }

    private static Parked parked(MetaMessage message) {
        return Parked.ofUnknownNumber(message.phoneNumberId(), message.toInbound(0));
    }
}
