package dev.comuta.provider.twilio.relay;

import dev.comuta.call.talk.Talk;
import dev.comuta.call.talk.TalkTexts;
import dev.comuta.message.spoken.SpokenMessages.Line;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.provider.twilio.relay.Command.Close;
import dev.comuta.provider.twilio.relay.Command.End;
import dev.comuta.provider.twilio.relay.Command.Hear;
import dev.comuta.provider.twilio.relay.Command.Interrupted;
import dev.comuta.provider.twilio.relay.Command.Reason;
import dev.comuta.provider.twilio.relay.Command.Say;
import java.util.ArrayList;
import java.util.List;

/**
 * How one talk goes: from frames, time and replies to commands. It has no effect itself, and is used by one thread. Times
 * are milliseconds of one clock. No frame tells when our speech ends, so its length is estimated. A talk that ends after
 * a text waits until the text is spoken; after its end no command follows.
 */
final class Conversation {

    static final long FILLER_AFTER = 1_500;
    static final long SILENCE = 8_000;

    /** How long the greeting takes at most, which Twilio speaks by itself. */
    static final long GREETING = 12_000;

    /** A talk that ends waits no longer for its last text. */
    static final long LONGEST_END = 20_000;

    static final int MAX_PROMPT = 4_000;
    private static final long CHARACTERS_PER_SECOND = 14;

    private final Spoken spoken = new Spoken();
    private final StringBuilder prompt = new StringBuilder();
    private final boolean first;
    private final long begun;
    private final long longest;
    private long speechEnd;
    private long lastSign;
    private long promptAt;
    private boolean waiting;
    private boolean filled;
    private boolean answered;
    private boolean asked;
    private Reason ending;
    private long endsAt;
    private boolean over;

    /** @param now when the talk begins */
    Conversation(Talk talk, long now) {
        this.first = talk.first();
        this.begun = now;
        this.longest = talk.longest().toMillis();
        this.lastSign = now;
        this.speechEnd = first ? now + GREETING : now;
    }

    /** The connection is ready. */
    List<Command> begin(long now) {
        return over || first ? List.of() : say(Spoken.NOT_STORED, TalkTexts.BACK, false, now);
    }

    /** The caller said something. */
    List<Command> prompt(Frame.Prompt frame, long now) {
        if (over) {
            return List.of();
        }
        lastSign = now;
        // words arrive only when nothing is spoken
        speechEnd = Math.min(speechEnd, now);
        prompt.append(frame.text(), 0, Math.min(frame.text().length(), MAX_PROMPT - prompt.length()));
        if (!frame.isLast()) {
            return List.of();
        }
        String text = prompt.toString().strip();
        prompt.setLength(0);
        if (text.isEmpty()) {
            return List.of();
        }
        ending = ending == Reason.BYE ? null : ending;
        waiting = ending == null;
        promptAt = now;
        filled = false;
        asked = false;
        answered = true;
        return List.of(new Hear(text));
    }

    /** The caller pressed a key. */
    List<Command> key(long now) {
        lastSign = now;
        asked = false;
        return List.of();
    }

    /** The caller spoke while we spoke, so our speech has ended. */
    List<Command> interrupt(Frame.Interrupt frame, long now) {
        if (over) {
            return List.of();
        }
        List<Command> commands = new ArrayList<>(spoken.cut(frame.heard()));
        spoken.clear();
        lastSign = now;
        speechEnd = now;
        return commands;
    }

    /** The answer of a poll. */
    List<Command> turn(Said turn, long now) {
        if (over) {
            return List.of();
        }
        List<Command> commands = new ArrayList<>();
        for (Line line : turn.lines()) {
            commands.addAll(ending == null ? reply(line, now) : List.of(new Interrupted(line.messageId(), "")));
        }
        switch (turn.next()) {
            case GO_ON -> {}
            case HAND_OVER -> endAfterSpeech(Reason.HANDOFF, now);
            case CALL_OVER -> commands.addAll(close());
        }
        return commands;
    }

    private List<Command> reply(Line line, long now) {
        waiting = false;
        return say(line.messageId(), line.text(), false, now);
    }

    /** What the caller said could not be stored. */
    List<Command> notHeard(long now) {
        if (over || ending != null) {
            return List.of();
        }
        waiting = false;
        return say(Spoken.NOT_STORED, TalkTexts.EXCUSE, false, now);
    }

    /** The talk is no longer this connection's. */
    List<Command> gone() {
        return ending != null ? end(ending) : close();
    }

    /** The process stops; another one goes on with the talk. */
    List<Command> drain() {
        return end(ending == null ? Reason.DRAIN : ending);
    }

    /** Time goes by; called several times a second. */
    List<Command> tick(long now) {
        if (over) {
            return List.of();
        }
        if (ending != null) {
            return now >= Math.min(speechEnd, endsAt) ? end(ending) : List.of();
        }
        if (now - begun >= longest) {
            return lastWords(TalkTexts.LIMIT, Reason.LIMIT, now);
        }
        if (waiting) {
            return filler(now);
        }
        return now - Math.max(speechEnd, lastSign) >= SILENCE ? silence(now) : List.of();
    }

    private List<Command> filler(long now) {
        if (filled || now - promptAt < FILLER_AFTER) {
            return List.of();
        }
        filled = true;
        return say(Spoken.NOT_STORED, TalkTexts.FILLER, true, now);
    }

    private List<Command> silence(long now) {
        if (asked) {
            return lastWords(TalkTexts.GOODBYE, Reason.BYE, now);
        }
        asked = true;
        return say(Spoken.NOT_STORED, TalkTexts.STILL_THERE, false, now);
    }

    private List<Command> lastWords(String text, Reason reason, long now) {
        List<Command> commands = say(Spoken.NOT_STORED, text, false, now);
        endAfterSpeech(reason, now);
        return commands;
    }

    /** The parts of a text go out together, so no text is ever open when another event comes. */
    private List<Command> say(long messageId, String text, boolean preemptible, long now) {
        List<String> parts = Sentences.of(text);
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            commands.add(new Say(parts.get(i), i == parts.size() - 1, preemptible));
        }
        if (answered) {
            spoken.clear();
            answered = false;
        }
        spoken.add(messageId, text);
        speechEnd = Math.max(now, speechEnd) + text.length() * 1_000L / CHARACTERS_PER_SECOND;
        return commands;
    }

    private void endAfterSpeech(Reason reason, long now) {
        if (ending == null) {
            ending = reason;
            endsAt = now + LONGEST_END;
        }
    }

    private List<Command> end(Reason reason) {
        List<Command> commands = over ? List.of() : List.of(new End(reason));
        over = true;
        return commands;
    }

    private List<Command> close() {
        List<Command> commands = over ? List.of() : List.of(new Close());
        over = true;
        return commands;
    }
}
