package dev.comuta.call.plan;

import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.plan.CallScript.Menu;
import dev.comuta.call.plan.CallScript.Option;
import dev.comuta.call.plan.CallScript.Step;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.Revision;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes the scripts of calls: decides the hours, and looks up the numbers of those who may take a call. */
@ApplicationScoped
public class Scripts {

    private static final List<CallStep> USUAL_STEPS = List.of(step(StepKind.BROKER), step(StepKind.VOICEMAIL));
    private static final List<CallStep> CLOSED_STEPS = List.of(step(StepKind.VOICEMAIL));
    private static final int SECONDS_PER_MINUTE = 60;

    private final Transactions transactions;
    private final PlanStore plans;
    private final Rules rules;
    private final ChannelDirectory channels;
    private final UserStore users;
    private final Cache cache;
    private final Clock clock;

    Scripts(
            Transactions transactions,
            PlanStore plans,
            Rules rules,
            ChannelDirectory channels,
            UserStore users,
            @CacheName("call-plans") Cache cache,
            Clock clock) {
        this.transactions = transactions;
        this.plans = plans;
        this.rules = rules;
        this.channels = channels;
        this.users = users;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * The people of a call.
     *
     * @param caller null when the number is withheld or not valid
     * @param callerName of the end user; null when not known
     * @param broker the internal user of the session; null for none
     */
    public record People(PhoneNumber caller, String callerName, Long broker) {

        private String announced() {
            return callerName != null ? callerName : caller == null ? null : caller.e164();
        }
    }

    /** The plan of a channel; it may be one second old. */
    public Uni<ChannelPlan> planOf(ChannelRef channel) {
        return CoalescingCache.in(
                cache,
                channel,
                same -> transactions.statementsInTenant(Workload.TENANT, same.clientId(), tx -> read(tx, same)));
    }

    /** The plan of a channel as the transaction sees it. */
    public Uni<ChannelPlan> read(Tx tx, ChannelRef channel) {
        return channels.getAttendance(tx, channel.channelId())
                .chain(attendance -> channels.getProvider(tx, channel.channelId())
                        .map(rules::relays)
                        .chain(relays -> plans.find(tx, channel)
                                .map(plan -> ChannelPlan.of(plan.body(), attendance, relays))));
    }

    /** The script of a call that begins now. */
    public Uni<CallScript> write(Tx tx, ChannelRef channel, ChannelPlan plan, People people) {
        Long[] named = Stream.concat(
                        Stream.ofNullable(people.broker()),
                        Stream.of(plan.plan().users()))
                .toArray(Long[]::new);
        return named.length == 0
                ? Uni.createFrom().item(script(plan, people, Map.of()))
                : users.findNumbers(tx, channel.clientId(), named).map(numbers -> script(plan, people, numbers));
    }

    private CallScript script(ChannelPlan channel, People people, Map<Long, String> numbers) {
        CallPlan plan = channel.plan();
        boolean closed = channel.hours() != null && channel.hours().closedSince(clock.instant()) != null;
        List<CallStep> steps = closed ? orElse(plan.closedSteps(), CLOSED_STEPS) : orElse(plan.steps(), USUAL_STEPS);
        return new CallScript(
                people.caller() != null && plan.blocks(people.caller()),
                closed ? spoken(closedText(channel)) : opening(plan),
                closed || plan.menu() == null ? null : menu(channel, people, numbers),
                steps(steps, channel, people, numbers),
                CallTexts.NOBODY,
                plan.isRecorded(),
                people.announced(),
                channel.channelNumber(),
                plan.maxMinutesOrDefault() * SECONDS_PER_MINUTE,
                plan.voice(),
                null);
    }

    private static String closedText(ChannelPlan channel) {
        return Stream.of(channel.plan().closedText(), channel.hours().outOfHoursText())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(CallTexts.CLOSED);
    }

    private static List<String> opening(CallPlan plan) {
        String greeting = orElse(plan.greeting(), CallTexts.GREETING);
        return plan.isRecorded()
                ? spoken(greeting, orElse(plan.recordingNotice(), CallTexts.RECORDED))
                : spoken(greeting);
    }

    /** An empty text leaves the announcement out. */
    private static List<String> spoken(String... texts) {
        return Stream.of(texts).filter(text -> !text.isBlank()).toList();
    }

    private static Menu menu(ChannelPlan channel, People people, Map<Long, String> numbers) {
        CallMenu menu = channel.plan().menu();
        List<Option> options = menu.options().stream()
                .map(option -> new Option(
                        option.digit(), orElse(option.words(), List.of()), steps(option.steps(), channel, people, numbers)))
                .toList();
        return new Menu(menu.text(), options, menu.secondsOrDefault(), menu.attemptsOrDefault());
    }

    /** Without an assistant of the channel nobody would answer at its step. */
    private static List<Step> steps(
            List<CallStep> steps, ChannelPlan channel, People people, Map<Long, String> numbers) {
        return steps.stream()
                .filter(step -> step.kind() != StepKind.ASSISTANT || channel.assistant())
                .map(step -> new Step(
                        step.kind(),
                        callees(step, people, numbers),
                        step.text(),
                        step.secondsOrDefault(),
                        Boolean.TRUE.equals(step.inTurn()),
                        !Boolean.FALSE.equals(step.confirm()),
                        step.agent(),
                        channel.relays() && !Boolean.FALSE.equals(step.relay())))
                .toList();
    }

    private static List<Callee> callees(CallStep step, People people, Map<Long, String> numbers) {
        return switch (step.kind()) {
            case BROKER -> users(Stream.ofNullable(people.broker()), numbers);
            case TEAM -> users(step.userIds().stream(), numbers);
            case NUMBERS ->
                step.numbers().stream()
                        .map(number ->
                                new Callee(null, PhoneNumber.received(number).e164(), null))
                        .toList();
            case SIP -> List.of(new Callee(null, null, step.sipUri()));
            case VOICEMAIL, SAY, AGENT, ASSISTANT -> List.of();
        };
    }

    private static List<Callee> users(Stream<Long> ids, Map<Long, String> numbers) {
        return ids.distinct()
                .filter(id -> numbers.get(id) != null)
                .map(id -> new Callee(id, numbers.get(id), null))
                .toList();
    }

    private static <T> T orElse(T value, T usual) {
        return value == null ? usual : value;
    }

    private static CallStep step(StepKind kind) {
        return new CallStep(kind, null, null, null, null, null, null, null, null, null);
    }
}
