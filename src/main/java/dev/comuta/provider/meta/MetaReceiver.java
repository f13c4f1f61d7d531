package dev.comuta.provider.meta;

import static java.util.stream.Collectors.toSet;

import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.template.TemplateReports;
import dev.comuta.message.IdentityLinker;
import dev.comuta.message.IdentityLinker.Link;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessages;
import dev.comuta.message.MessageStatusReports;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.ParkedMessages;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.message.Received;
import dev.comuta.platform.db.InOrder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Stores the items of a batch: messages, statuses, and what is to be parked. */
@ApplicationScoped
class MetaReceiver {

    private final MetaApps apps;
    private final InboundMessages inbound;
    private final ParkedMessages parked;
    private final MessageStatusReports statusReports;
    private final IdentityLinker people;
    private final ChannelReports reports;
    private final MetaNotices notices;
    private final TemplateReports templates;

    MetaReceiver(
            MetaApps apps,
            InboundMessages inbound,
            ParkedMessages parked,
            MessageStatusReports statusReports,
            IdentityLinker people,
            ChannelReports reports,
            MetaNotices notices,
            TemplateReports templates) {
        this.apps = apps;
        this.inbound = inbound;
        this.parked = parked;
        this.statusReports = statusReports;
        this.people = people;
        this.reports = reports;
        this.notices = notices;
        this.templates = templates;
    }

    /**
     * Stores messages and status reports, acts on notices, and parks unreadable items and those for unknown numbers.
     * Fails when a part was not stored; the whole delivery may then be repeated.
     */
    Uni<Void> receive(MetaApp app, MetaBatch batch) {
        return apps.channelsOf(app, numbersIn(batch)).chain(known -> receive(app, batch, known));
    }

    private Uni<Void> receive(MetaApp app, MetaBatch batch, Map<String, ChannelRoute> known) {
        return link(batch, known)
                .chain(linked -> receive(app, batch, linked))
                .chain(parked::park)
                .chain(() -> statusReports.apply(reportsOf(app, batch, known)))
                .chain(() -> parkUnknown(app, batch, known))
                .chain(() -> reportChannels(app, batch, known));
    }

    private Uni<Void> reportChannels(MetaApp app, MetaBatch batch, Map<String, ChannelRoute> known) {
        return learnAccounts(batch, known)
                .chain(() -> notices.applyFailures(batch.statusReports(), known))
                .chain(() -> notices.apply(app, batch.notices()))
                .chain(() -> templates.apply(MetaProvider.META, app.clientId(), batch.templateReports()));
    }

    private static Set<String> numbersIn(MetaBatch batch) {
        Set<String> numbers = new HashSet<>();
        batch.messages().forEach(message -> numbers.add(message.phoneNumberId()));
        batch.statusReports().forEach(report -> numbers.add(report.channelProviderId()));
        return numbers;
    }

    /** Notices about an account name no number, so the account of each number is remembered. */
    private Uni<Void> learnAccounts(MetaBatch batch, Map<String, ChannelRoute> known) {
        return InOrder.each(known.entrySet(), channel -> reports.learnAccount(
                        channel.getValue().ref(), batch.accounts().get(channel.getKey()))
                .chain(() -> reports.seen(channel.getValue().ref())));
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
    private Uni<List<Routed>> link(MetaBatch batch, Map<String, ChannelRoute> known) {
        List<MetaMessage> messages = batch.messages().stream()
                .filter(message -> known.containsKey(message.phoneNumberId()))
                .toList();
        return people.link(
                        messages.stream().map(message -> link(message, known)).toList())
                .map(failed -> messages.stream()
                        .map(message -> route(message, channelOf(message, known), failed))
                        .toList());
    }

    private static Link link(MetaMessage message, Map<String, ChannelRoute> known) {
        return new Link(channelOf(message, known), message.contact(), message.userId());
    }

    private static long channelOf(MetaMessage message, Map<String, ChannelRoute> known) {
        return known.get(message.phoneNumberId()).ref().channelId();
    }

    private static Routed route(MetaMessage message, long channelId, Set<Link> failed) {
        Link link = new Link(channelId, message.contact(), message.userId());
        return new Routed(message, message.toInbound(channelId), failed.contains(link) ? link : null);
    }

    /** Stores the messages of known numbers. Returns the items to park. */
    private Uni<List<Parked>> receive(MetaApp app, MetaBatch batch, List<Routed> routed) {
        Set<MetaMessage> known = routed.stream().map(Routed::message).collect(toSet());
        List<Parked> toPark = new ArrayList<>();
        batch.unreadable().forEach(item -> toPark.add(item.onlyFor(app.clientId())));
        batch.messages().stream()
                .filter(message -> !known.contains(message))
                .forEach(message -> toPark.add(parked(app, message)));
        return routed.isEmpty()
                ? Uni.createFrom().item(toPark)
                : inbound.receive(routed.stream().map(Routed::item).toList())
                        .invoke(received -> addUnknown(app, toPark, routed, received))
                        .call(received -> linkLater(routed, received))
                        .call(received -> changeNumbers(routed, received))
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
    private static void addUnknown(MetaApp app, List<Parked> toPark, List<Routed> routed, List<Received> received) {
        for (int i = 0; i < routed.size(); i++) {
            if (received.get(i).outcome() == Received.Outcome.UNKNOWN) {
                toPark.add(parked(app, routed.get(i).message()));
            }
        }
    }

    private static Parked parked(MetaApp app, MetaMessage message) {
        return Parked.ofUnknownNumber(message.phoneNumberId(), message.toInbound(0))
                .onlyFor(app.clientId());
    }

    /** Parks the statuses of numbers that no channel of the app's clients has. */
    private Uni<Void> parkUnknown(MetaApp app, MetaBatch batch, Map<String, ChannelRoute> known) {
        return parked.park(batch.statusReports().stream()
                .filter(report -> !known.containsKey(report.channelProviderId()))
                .map(report -> Parked.ofStatus(report).onlyFor(app.clientId()))
                .toList());
    }

    /** The platform's app reports for all channels, also for inactive ones, which have no route. */
    private static List<StatusReport> reportsOf(MetaApp app, MetaBatch batch, Map<String, ChannelRoute> known) {
        return batch.statusReports().stream()
                .filter(report -> app.clientId() == null || known.containsKey(report.channelProviderId()))
                .toList();
    }

    /** Moves the identities of people who changed their number. */
    private Uni<Void> changeNumbers(List<Routed> routed, List<Received> received) {
        List<Integer> changed = IntStream.range(0, routed.size())
                .filter(i -> received.get(i).outcome() != Received.Outcome.UNKNOWN)
                .filter(i -> routed.get(i).message().newNumber() != null)
                .boxed()
                .toList();
        return InOrder.each(
                changed,
                i -> people.changeNumber(
                        routed.get(i).item().channelId(),
                        routed.get(i).message().contact(),
                        routed.get(i).message().newNumber()));
    }
}
