package dev.comuta.provider.twilio.voice;

import com.twilio.rest.api.v2010.account.Call;
import dev.comuta.call.CallReport;
import dev.comuta.call.StoredLeg;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallNews.Price;
import dev.comuta.call.state.CallStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What Twilio's Call resource says about a call. */
final class ReportedCall {

    private static final String INBOUND = "inbound";

    private ReportedCall() {}

    /** The news of a call. */
    static CallNews news(Call call) {
        CallStatus status = CallWords.status(String.valueOf(call.getStatus()));
        boolean isFinal = status != null && status.isFinal();
        return new CallNews(
                status,
                isFinal,
                isFinal ? CallWords.reason(status, INBOUND.equals(call.getDirection()), 0, 0) : null,
                CallWords.answeredBy(call.getAnsweredBy()),
                isFinal ? instant(call.getEndTime()) : null,
                status == CallStatus.COMPLETED ? duration(call.getDuration()) : null,
                price(call));
    }

    private static Instant instant(ZonedDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Duration duration(String seconds) {
        return seconds == null || !seconds.matches("[0-9]{1,6}") ? null : Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** Twilio's price is what the account's balance loses: a negative number, some time after the end. */
    private static Price price(Call call) {
        return call.getPrice() == null
                        || call.getPriceUnit() == null
                        || !call.getPrice().matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?")
                ? null
                : new Price(
                        new BigDecimal(call.getPrice()).abs(),
                        call.getPriceUnit().getCurrencyCode());
    }

    /** The news of those dialled telephones that are known. A telephone of which nothing was reported has no id yet. */
    static List<CallReport.Leg> legs(List<Call> dialled, List<StoredLeg> known) {
        return dialled.stream()
                .flatMap(call ->
                        position(call, known).map(position -> new CallReport.Leg(position, call.getSid(), news(call))))
                .toList();
    }

    private static Stream<String> position(Call call, List<StoredLeg> known) {
        return Stream.concat(
                        known.stream().filter(leg -> Objects.equals(leg.providerId(), call.getSid())),
                        known.stream()
                                .filter(leg -> leg.providerId() == null && Objects.equals(leg.number(), call.getTo())))
                .map(StoredLeg::position)
                .limit(1);
    }

    /**
     * The telephone that is connected with the call.
     *
     * @return Twilio's id of the leg; null when nobody is connected
     */
    static String connected(List<Call> dialled, List<StoredLeg> known) {
        List<String> inProgress = dialled.stream()
                .filter(call -> call.getStatus() == Call.Status.IN_PROGRESS)
                .map(Call::getSid)
                .toList();
        return known.stream()
                .filter(leg -> leg.acceptedAt() != null && inProgress.contains(leg.providerId()))
                .map(StoredLeg::providerId)
                .findFirst()
                .orElse(inProgress.isEmpty() ? null : inProgress.getFirst());
    }
}
