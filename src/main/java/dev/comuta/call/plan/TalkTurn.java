package dev.comuta.call.plan;

import dev.comuta.call.answer.Hook;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A turn of a talk without a connection: the caller speaks, and the assistant answers. A talk over a connection has one
 * position for each connection, which counts the lost and the drained ones before it.
 *
 * @param position of the step, with the callee {@link #IN_TURN}
 * @param turn the number of the turn
 * @param count how often in a row the caller was silent, or the answer was not ready
 */
public record TalkTurn(Position position, int turn, int count) {

    /** The callee of the position of a talk without a connection. */
    static final int IN_TURN = 40;

    private static final int DROP = 10;
    private static final int MOST_DROPS = 3;
    private static final int MOST_TURNS = 300;
    private static final int MOST_COUNT = 10;
    private static final Pattern TEXT = Pattern.compile("([p0-9]-[0-9]{1,2}-40)-([0-9]{1,3})-([0-9]{1,2})");

    static TalkTurn first(Position position) {
        return new TalkTurn(withoutConnection(position), 0, 0);
    }

    /** {@return the turn of a hook, or null when its position is none} */
    public static TalkTurn of(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? new TalkTurn(
                        Position.of(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)))
                : null;
    }

    static boolean isFirst(Position position) {
        return position.callee() == 0;
    }

    static Position afterDrain(Position position) {
        return position.callee() % DROP == DROP - 1 ? withoutConnection(position) : position.nextCallee();
    }

    /** A caller whose connection is lost time and again speaks without one. */
    static Position afterDrop(Position position) {
        int drops = position.callee() / DROP + 1;
        return drops > MOST_DROPS ? withoutConnection(position) : position.at(drops * DROP + position.callee() % DROP);
    }

    static Position withoutConnection(Position position) {
        return position.at(IN_TURN);
    }

    /** What is said in this turn, whatever is tried again. */
    public String place() {
        return position + "-" + turn;
    }

    /** The turn after this one. */
    public TalkTurn next() {
        return new TalkTurn(position, turn + 1, 0);
    }

    /** The same turn another time. */
    public TalkTurn again() {
        return new TalkTurn(position, turn, count + 1);
    }

    /** The next turn after one in which the caller was silent. */
    public TalkTurn afterSilence() {
        return new TalkTurn(position, turn + 1, count + 1);
    }

    /** The same turn, whose answer is awaited from the beginning. */
    public TalkTurn awaited() {
        return new TalkTurn(position, turn, 0);
    }

    /** Whether an answer is awaited no longer. */
    public boolean isGivenUp() {
        return count >= MOST_COUNT;
    }

    /** Whether the talk is too long. */
    public boolean isLast() {
        return turn >= MOST_TURNS;
    }

    Hook hook(Hook.Kind kind, long callId) {
        return new Hook(kind, callId, place() + "-" + count);
    }
}
