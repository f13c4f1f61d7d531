package dev.comuta.call.plan;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Hook.Kind;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Converse;
import dev.comuta.call.answer.Verb.Dial;
import dev.comuta.call.answer.Verb.Gather;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Listen;
import dev.comuta.call.answer.Verb.Pause;
import dev.comuta.call.answer.Verb.RecordMessage;
import dev.comuta.call.answer.Verb.Redirect;
import dev.comuta.call.answer.Verb.Reject;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.answer.Verb.Target;
import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.plan.CallScript.Option;
import dev.comuta.call.plan.CallScript.Step;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The steps of a call at each position of its script. Pure: one script, position and input always lead to the same steps,
 * so that a repeated webhook gets the same document.
 */
public final class CallFlow {

    /** The position of what a machine hears. */
    public static final String MACHINE = "a";

    private static final Duration CONFIRM_SILENCE = Duration.ofSeconds(8);
    private static final Duration LISTENING = Duration.ofSeconds(8);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    private final long callId;
    private final CallScript script;

    public CallFlow(long callId, CallScript script) {
        this.callId = callId;
        this.script = script;
    }

    /** What a caller of a number hears that is no channel's. */
    public static List<Verb> unknownNumber() {
        return List.of(new Say(CallTexts.UNKNOWN_NUMBER), new Hangup());
    }

    /**
     * What a machine that answers a call of the company hears. The same steps are at the hook {@link Kind#NEXT} of the
     * position {@link #MACHINE}.
     */
    public List<Verb> toMachine() {
        boolean speaks = script.outgoing() != null && script.outgoing().message() != null;
        return speaks ? List.of(new Say(script.outgoing().message()), new Hangup()) : end();
    }

    /** The steps of a call that begins. */
    public List<Verb> start() {
        if (script.refused()) {
            return List.of(new Reject());
        }
        return afterSaying(script.opening(), at(script.menu() == null ? Position.FIRST : Position.FIRST_MENU));
    }

    /**
     * The steps after a report.
     *
     * @param hook where it was reported
     */
    public List<Verb> after(Hook hook, CallInput input) {
        if (MACHINE.equals(hook.position())) {
            return toMachine();
        }
        Position position = Position.of(hook.position());
        if (position == null) {
            return start();
        }
        return switch (input) {
            case CallInput.Dialed(boolean attended) -> attended ? end() : at(nextAfterDial(position));
            case CallInput.Talked(TalkEnd end) -> afterTalk(position, end);
            case CallInput.Recorded(boolean empty) -> empty ? end() : List.of(new Say(CallTexts.THANKS), new Hangup());
            case CallInput.Digits(String digits) -> chosen(position, byDigit(digits));
            case CallInput.Speech(String text) -> chosen(position, byWords(text));
            case CallInput.Nothing() -> at(position);
        };
    }

    /** What the person hears who answered a dialled telephone. */
    public List<Verb> confirm(Hook hook) {
        Say question = new Say(CallTexts.confirm(script.caller()));
        return List.of(
                new Gather(
                        List.of(question),
                        1,
                        CONFIRM_SILENCE,
                        List.of(),
                        new Hook(Kind.CONFIRMED, callId, hook.position())),
                new Hangup());
    }

    /** What that person hears when somebody else has taken the call. */
    public static List<Verb> taken() {
        return List.of(new Say(CallTexts.TAKEN), new Hangup());
    }

    /** What that person hears when the caller is gone. */
    public static List<Verb> gone() {
        return List.of(new Say(CallTexts.GONE), new Hangup());
    }

    /** The name of the conference of a call at its provider. */
    public static String conferenceOf(long callId) {
        return "comuta-" + callId;
    }

    /** The steps of each party of a call that moves to its conference. The conference ends when one of them leaves. */
    public List<Verb> conference() {
        return List.of(new Dial(
                List.of(new Target.Conference(conferenceOf(callId), true)),
                CONFIRM_SILENCE,
                Duration.ofSeconds(script.maxSeconds()),
                null,
                false,
                null));
    }

    /** Whether a text is a position of a script; it need not exist. */
    public static boolean isInScript(String position) {
        return Position.of(position) != null;
    }

    /** The callee at a position; null when there is none. */
    public Callee callee(String text) {
        Position position = Position.of(text);
        Step step = position == null ? null : step(position);
        return step == null || position.callee() >= step.callees().size()
                ? null
                : step.callees().get(position.callee());
    }

    /** Whether the person at a position is asked to press a key to take the call. */
    public boolean asksAt(String text) {
        Position position = Position.of(text);
        Step step = position == null ? null : step(position);
        return step != null
                && step.confirm()
                && callee(text) != null
                && callee(text).sipUri() == null;
    }

    /** Whether the caller leaves a message at a position. */
    public boolean recordsMessageAt(String text) {
        Position position = Position.of(text);
        Step step = position == null ? null : step(position);
        return step != null && step.kind() == StepKind.VOICEMAIL;
    }

    private static List<Verb> end() {
        return List.of(new Hangup());
    }

    private List<Verb> at(Position position) {
        if (position.isMenu()) {
            return menu(position);
        }
        Step step = step(position);
        if (step == null) {
            return script.closing() == null ? end() : List.of(new Say(script.closing()), new Hangup());
        }
        return switch (step.kind()) {
            case SAY -> afterSaying(List.of(step.text()), at(position.nextStep()));
            case VOICEMAIL -> voicemail(position, step);
            case AGENT -> at(position.nextStep());
            case ASSISTANT -> talk(position, step);
            case BROKER, TEAM, NUMBERS, SIP -> dial(position, step);
        };
    }

    /** Where the assistant speaks over a connection, or else in turn with the caller. */
    private List<Verb> talk(Position position, Step step) {
        boolean isFirst = TalkTurn.isFirst(position);
        return step.relay() && position.callee() < TalkTurn.IN_TURN
                ? List.of(new Converse(
                        new Hook(Kind.RELAY, callId, position.toString()),
                        new Hook(Kind.TALKED, callId, position.toString()),
                        isFirst ? greeting(step) : null))
                : inTurn(position, step, isFirst);
    }

    private List<Verb> inTurn(Position position, Step step, boolean greets) {
        return listen(TalkTurn.first(position), List.of(greets ? greeting(step) : CallTexts.BACK));
    }

    /** The assistant says that it is one, whatever else it says. */
    private static String greeting(Step step) {
        return CallTexts.DISCLOSURE + " " + (step.text() == null ? CallTexts.HELP : step.text());
    }

    private List<Verb> afterTalk(Position position, TalkEnd end) {
        Step step = step(position);
        return step == null ? at(position) : afterTalk(position, step, end);
    }

    private List<Verb> afterTalk(Position position, Step step, TalkEnd end) {
        return switch (end) {
            case HANDED_OVER -> at(position.nextStep());
            case GOODBYE -> end();
            case HUNG_UP -> List.of();
            case DRAINED -> at(TalkTurn.afterDrain(position));
            case DROPPED -> at(TalkTurn.afterDrop(position));
            case UNUSABLE -> inTurn(position, step, TalkTurn.isFirst(position));
        };
    }

    /** Says texts of the assistant, and waits for the answer of the caller. */
    public List<Verb> listen(TalkTurn turn, List<String> texts) {
        return List.of(new Listen(
                texts.stream().<Verb>map(Say::new).toList(), LISTENING, turn.hook(Kind.SAID, callId)));
    }

    /** Waits for an answer of the assistant, which is not ready. */
    public List<Verb> await(TalkTurn turn) {
        return List.of(new Pause(Duration.ofSeconds(1)), new Redirect(turn.hook(Kind.AWAITED, callId)));
    }

    /** The steps after a talk in which a person is wanted. */
    public List<Verb> afterTalk(TalkTurn turn, List<String> texts) {
        return afterSaying(texts, afterTalk(turn.position(), TalkEnd.HANDED_OVER));
    }

    /** Says the last texts of a talk. */
    public List<Verb> goodbye(List<String> texts) {
        return afterSaying(texts, end());
    }

    /** The longest time in which the assistant speaks at a place; null when it does not. */
    public Duration longestTalk(String place) {
        Position position = Position.of(place);
        Step step = position == null ? null : step(position);
        return step == null || step.kind() != StepKind.ASSISTANT || position.callee() >= TalkTurn.IN_TURN
                ? null
                : Duration.ofSeconds(step.seconds());
    }

    /** The longest time in which the assistant and the caller speak in turn. */
    public Duration longestTurns(TalkTurn turn) {
        Step step = step(turn.position());
        return step == null ? Duration.ZERO : Duration.ofSeconds(step.seconds());
    }

    /** Whether a place is the first connection of its step. */
    public static boolean isFirstTalk(String place) {
        return TalkTurn.isFirst(Position.of(place));
    }

    private List<Verb> menu(Position attempt) {
        CallScript.Menu menu = script.menu();
        List<String> words = menu.options().stream()
                .flatMap(option -> option.words().stream())
                .toList();
        return List.of(new Gather(
                List.of(new Say(menu.text())),
                1,
                Duration.ofSeconds(menu.seconds()),
                words,
                new Hook(Kind.GATHERED, callId, attempt.toString())));
    }

    private List<Verb> voicemail(Position position, Step step) {
        String text = step.text() == null ? CallTexts.VOICEMAIL : step.text();
        return List.of(
                new Say(text),
                new RecordMessage(
                        Duration.ofSeconds(step.seconds()), new Hook(Kind.RECORDED, callId, position.toString())),
                new Hangup());
    }

    private List<Verb> dial(Position position, Step step) {
        int count = step.callees().size();
        if (position.callee() >= count) {
            return at(position.nextStep());
        }
        Position dialed = step.inTurn() ? position : position.at(Position.ALL);
        IntStream callees = step.inTurn() ? IntStream.of(position.callee()) : IntStream.range(0, count);
        List<Target> targets =
                callees.mapToObj(index -> target(position.at(index), step)).toList();
        return List.of(new Dial(
                targets,
                Duration.ofSeconds(step.seconds()),
                Duration.ofSeconds(script.maxSeconds()),
                script.callerId(),
                script.recorded(),
                new Hook(Kind.DIALED, callId, dialed.toString())));
    }

    private Target target(Position position, Step step) {
        Callee callee = step.callees().get(position.callee());
        Hook status = new Hook(Kind.LEG, callId, position.toString());
        return callee.sipUri() != null
                ? new Target.Sip(callee.sipUri(), status)
                : new Target.Phone(
                        callee.number(),
                        status,
                        step.confirm() ? new Hook(Kind.CONFIRM, callId, position.toString()) : null);
    }

    private static Position nextAfterDial(Position dialed) {
        return dialed.callee() == Position.ALL ? dialed.nextStep() : dialed.nextCallee();
    }

    /** A digit of a menu; without a choice the question is asked another time, and then the steps of the plan follow. */
    private List<Verb> chosen(Position attempt, Option option) {
        if (option != null) {
            return at(new Position(option.digit(), 0, 0));
        }
        boolean again = attempt.isMenu() && attempt.step() + 1 < script.menu().attempts();
        return at(again ? attempt.nextStep() : Position.FIRST);
    }

    private Option byDigit(String digits) {
        return options()
                .filter(option -> option.digit().equals(digits))
                .findFirst()
                .orElse(null);
    }

    private Option byWords(String spoken) {
        String text = " " + plain(spoken) + " ";
        return options()
                .filter(option -> option.words().stream().anyMatch(word -> text.contains(" " + plain(word) + " ")))
                .findFirst()
                .orElse(null);
    }

    private Stream<Option> options() {
        return script.menu() == null ? Stream.empty() : script.menu().options().stream();
    }

    private static String plain(String text) {
        String letters =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return NO_WORD.matcher(letters.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private Step step(Position position) {
        List<Step> steps = Position.MAIN.equals(position.list())
                ? script.steps()
                : options()
                        .filter(option -> option.digit().equals(position.list()))
                        .findFirst()
                        .map(Option::steps)
                        .orElse(List.of());
        return position.step() < steps.size() ? steps.get(position.step()) : null;
    }

    private static List<Verb> afterSaying(List<String> texts, List<Verb> then) {
        List<Verb> verbs = new ArrayList<>(texts.stream().<Verb>map(Say::new).toList());
        verbs.addAll(then);
        return List.copyOf(verbs);
    }
}
