package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.message.IdentityLinker;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.MessageStatusReports;
import dev.comuta.message.ParkedMessages;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.message.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores a batch, item by item where each belongs. */
@ApplicationScoped
class MetaInbox {

    private final ChannelDirectory channels;
    private final InboundMessages inbound;
    private final ParkedMessages parked;
    private final MessageStatusReports statusReports;
    private final IdentityLinker people;

    MetaInbox(
            ChannelDirectory channels,
            InboundMessages inbound,
            ParkedMessages parked,
            MessageStatusReports statusReports,
            IdentityLinker people) {
        this.channels = channels;
        this.inbound = inbound;
        this.parked = parked;
        this.statusReports = statusReports;
        this.people = people;
    }

    /**
     * Stores messages and statusReports and parks what has no place. When the answer is there all of it is committed; fails
     * when a part could not be stored, and may then be repeated whole.
     */
    Uni<Void> take(MetaBatch batch) {
        return channelsOf(batch.messages())
                .call(known -> link(batch, known))
                .chain(known -> receive(batch, known))
                .chain(parked::park)
                .chain(() -> statusReports.apply(batch.statusReports()))
                .replaceWithVoid();
    }

    /** Meta's id of a number -> our channel, for the numbers that are known. */
    private Uni<Map<String, Long>> channelsOf(List<MetaMessage> messages) {
        Map<String, Long> known = new HashMap<>();
        Uni<Void> asked = Uni.createFrom().voidItem();
        for (String id :
                messages.stream().map(MetaMessage::phoneNumberId).distinct().toList()) {
            asked = asked.chain(() -> channels.findRouteByProviderId(MetaProvider.META, id))
                    .invoke(route -> known.computeIfAbsent(
                            id, same -> route == null ? null : route.ref().channelId()))
                    .replaceWithVoid();
        }
        return asked.replaceWith(known);
    }

    /** People whom Meta names twice, one after the other; most were joined before. */
    private Uni<Void> link(MetaBatch batch, Map<String, Long> known) {
        Uni<Void> linked = Uni.createFrom().voidItem();
        for (MetaMessage message : batch.messages()) {
            if (known.containsKey(message.phoneNumberId())) {
                long channelId = known.get(message.phoneNumberId());
                linked = linked.chain(() -> people.link(channelId, message.contact(), message.userId()));
            }
        }
        return linked;
    }

    /** Stores the messages of known numbers and gives back what is to be parked. */
    private Uni<List<Parked>> receive(MetaBatch batch, Map<String, Long> known) {
        List<Parked> rest = new ArrayList<>(batch.unreadable());
        List<MetaMessage> routed = new ArrayList<>();
        for (MetaMessage message : batch.messages()) {
            if (known.containsKey(message.phoneNumberId())) {
                routed.add(message);
            } else {
                rest.add(parked(message));
            }
        }
        List<InboundMessage> items = routed.stream()
                .map(message -> message.toInbound(known.get(message.phoneNumberId())))
                .toList();
        return items.isEmpty()
                ? Uni.createFrom().item(rest)
                : inbound.receive(items)
                        .invoke(received -> addUnknown(rest, routed, received))
                        .replaceWith(rest);
    }

    /** A channel can end between its look-up and the commit. */
    private static void addUnknown(List<Parked> rest, List<MetaMessage> routed, List<Received> received) {
        for (int i = 0; i < routed.size(); i++) {
            if (received.get(i).outcome() == Received.Outcome.UNKNOWN) {
                rest.add(parked(routed.get(i)));
            }
        }
    }

    private static Parked parked(MetaMessage message) {
        return Parked.ofUnknownNumber(message.phoneNumberId(), message.toInbound(0));
    }
}
