package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelReports;
import dev.comuta.channel.ChannelReports.Report;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.ParkedMessages;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.people.consent.ReportedConsents;
import dev.comuta.people.consent.ReportedConsents.ReportedConsent;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Acts on what Meta reports besides messages: preferences of people become consents, restrictions become the condition of
 * channels and alerts. Every report that is no preference is also kept as a parked item.
 */
@ApplicationScoped
class MetaNotices {

    private static final String SOURCE = "Meta";

    private final ChannelDirectory channels;
    private final ChannelReports reports;
    private final ReportedConsents consents;
    private final ParkedMessages parked;

    MetaNotices(ChannelDirectory channels, ChannelReports reports, ReportedConsents consents, ParkedMessages parked) {
        this.channels = channels;
        this.reports = reports;
        this.consents = consents;
        this.parked = parked;
    }

    /** Acts on the notices of an app. Fails when one was not stored; the whole delivery may then be repeated. */
    Uni<Void> apply(MetaApp app, List<MetaNotice> notices) {
        List<Parked> kept = new ArrayList<>();
        return InOrder.each(notices, notice -> apply(app, notice, kept)).chain(() -> parked.park(kept));
    }

    /** Reports the channels whose messages fail because the channel itself is broken. */
    Uni<Void> applyFailures(List<StatusReport> failures, Map<String, ChannelRoute> known) {
        List<StatusReport> broken = failures.stream()
                .filter(report -> known.containsKey(report.channelProviderId()))
                .filter(report -> report.delivery() != null && report.delivery().concernsChannel())
                .toList();
        return InOrder.each(
                broken,
                report -> reports.broken(
                        known.get(report.channelProviderId()).ref(),
                        SOURCE + " " + report.delivery().errorCode()));
    }

    private Uni<Void> apply(MetaApp app, MetaNotice notice, List<Parked> kept) {
        return channelsOf(app, notice).chain(routes -> {
            if (notice.field().equals(MetaNotice.PREFERENCES) && !routes.isEmpty()) {
                return record(app, notice, routes.getFirst(), kept);
            }
            kept.add(notice.toParked().onlyFor(app.clientId()));
            return report(app, notice, routes);
        });
    }

    private Uni<Void> record(MetaApp app, MetaNotice notice, ChannelRoute route, List<Parked> kept) {
        List<ReportedConsent> read = MetaPreference.read(notice.value(), route);
        if (read.size() < notice.value().path(MetaNotice.PREFERENCES).size() || read.isEmpty()) {
            kept.add(notice.toParked().onlyFor(app.clientId()));
        }
        return consents.record(route.ref().clientId(), read);
    }

    /** The own app of a client says nothing about accounts that are not the client's. */
    private Uni<Void> report(MetaApp app, MetaNotice notice, List<ChannelRoute> routes) {
        MetaNotice.Effect effect = notice.effect();
        if (effect.condition() == null && !effect.alerts()) {
            return Uni.createFrom().voidItem();
        }
        if (routes.isEmpty()) {
            return Unis.when(
                    app.clientId() == null,
                    () -> reports.unknown(SOURCE + "/" + notice.toParked().providerId(), notice.summary()));
        }
        Report report = new Report(effect.condition(), SOURCE + " " + notice.field(), notice.summary());
        return InOrder.each(routes, route -> reports.report(route.ref(), report));
    }

    /** The channels that a notice is about: of its number, or else of its account. */
    private Uni<List<ChannelRoute>> channelsOf(MetaApp app, MetaNotice notice) {
        PhoneNumber number = notice.number();
        Uni<ChannelRoute> byNumber = Uni.createFrom().nullItem();
        if (!notice.phoneNumberId().isEmpty()) {
            byNumber = channels.findRouteByProviderId(MetaProvider.META, notice.phoneNumberId());
        } else if (number != null) {
            byNumber = channels.findRoute(ChannelTypes.WHATSAPP, number);
        }
        return byNumber.chain(route -> route == null
                        ? channels.findRoutesOfAccount(MetaProvider.META, notice.accountId())
                        : Uni.createFrom().item(List.of(route)))
                .map(routes -> routes.stream()
                        .filter(route -> MetaProvider.META.equals(route.provider()) && app.mayDeliverFor(route))
                        .toList());
    }
}
