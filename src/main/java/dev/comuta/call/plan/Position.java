package dev.comuta.call.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a script.
 *
 * @param list the steps: {@link #MAIN}, {@link #MENU} or the digit of an option
 * @param step index of the step; of a menu, of the attempt
 * @param callee index of the callee; {@link #ALL} when all ring at once
 */
record Position(String list, int step, int callee) {

    static final String MAIN = "p";
    static final String MENU = "m";
    static final int ALL = 99;

    private static final Pattern TEXT = Pattern.compile("([pm0-9])-([0-9]{1,2})-([0-9]{1,2})");

    /** The begin of the steps after the opening. */
    static final Position FIRST = new Position(MAIN, 0, 0);

    static final Position FIRST_MENU = new Position(MENU, 0, 0);

    /** {@return the position in a hook, or null when it is none} */
    static Position of(String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        return parts.matches()
                ? new Position(parts.group(1), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)))
                : null;
    }

    Position nextStep() {
        return new Position(list, step + 1, 0);
    }

    Position nextCallee() {
        return new Position(list, step, callee + 1);
    }

    Position at(int index) {
        return new Position(list, step, index);
    }

    boolean isMenu() {
        return MENU.equals(list);
    }

    @Override
    public String toString() {
        return list + "-" + step + "-" + callee;
    }
}
