package dev.comuta.call;

import dev.comuta.platform.rest.PhoneNumber;
import java.util.regex.Pattern;

/**
 * The calling number as a provider gives it.
 *
 * @param number the valid number; null when it is withheld or not valid, for example of an extension
 * @param text what is stored: E.164, or the provider's text; null when the number is withheld
 */
public record Caller(PhoneNumber number, String text) {

    private static final Caller WITHHELD = new Caller(null, null);
    private static final int MAX_TEXT = 100;
    private static final String BRAZIL = "+55";

    /** Words and numbers that stand for a withheld number. */
    private static final Pattern NO_NUMBER = Pattern.compile(
            "(?i)\\s*((?:sips?:)?anonymous(?:@\\S*)?|-1|restricted|unavailable|unknown|private|withheld|\\+?(266696687|86282452253|7378742833|2562533|8656696|464|0+))?\\s*");

    /** A national number of Brazil with the digits that are dialled before it: 0, or 0 and the code of a carrier. */
    private static final Pattern NATIONAL = Pattern.compile("0(?:[1-9][0-9])?([1-9][0-9](?:9[0-9]{8}|[2-9][0-9]{7}))");

    /** A national number of Brazil: area code, and 9 digits of a mobile or 8 of another telephone. */
    private static final Pattern AREA_AND_NUMBER = Pattern.compile("([1-9][0-9](?:9[0-9]{8}|[2-5][0-9]{7}))");

    /**
     * The caller of a provider's text. Digits that are dialled before a national number are removed where the called
     * number is of Brazil.
     *
     * @param text may be null
     * @param called the called number
     */
    public static Caller of(String text, PhoneNumber called) {
        if (text == null || NO_NUMBER.matcher(text).matches()) {
            return WITHHELD;
        }
        PhoneNumber national = called.e164().startsWith(BRAZIL) ? national(text) : null;
        PhoneNumber number = national == null ? PhoneNumber.find(text) : national;
        String shown = text.strip();
        return number == null
                ? new Caller(null, shown.substring(0, Math.min(MAX_TEXT, shown.length())))
                : new Caller(number, number.e164());
    }

    private static PhoneNumber national(String text) {
        String digits = text.strip();
        for (Pattern form : new Pattern[] {NATIONAL, AREA_AND_NUMBER}) {
            var match = form.matcher(digits);
            if (match.matches()) {
                return PhoneNumber.find(BRAZIL + match.group(1));
            }
        }
        return null;
    }
}
