package dev.comuta.call.outgoing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which numbers may be called: telephones of people in the allowed countries. Pure. */
final class CallableNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final ShortNumberInfo SHORT_NUMBERS = ShortNumberInfo.getInstance();
    private static final String NO_REGION = "ZZ";
    private static final String BRAZIL = "BR";
    private static final int LONGEST_SHORT_NUMBER = 6;

    /** Numbers for which the called party charges: of Brazil as they are dialled there, whatever their length. */
    private static final Pattern CHARGED = Pattern.compile("(?:\\+?55|0)?(?:300|500|900)[0-9]{5,8}");

    private static final Set<PhoneNumberType> CHARGED_TYPES =
            EnumSet.of(PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST);

    private static final Pattern MARKS = Pattern.compile("[^0-9+]+");

    private CallableNumbers() {}

    /**
     * The number of a text. Fails as invalid when it must not be called.
     *
     * @param field names the number in the problem
     * @param countries that may be called, as CLDR codes
     */
    static PhoneNumber require(String field, String text, Set<String> countries) {
        String dialled = MARKS.matcher(text).replaceAll("");
        requireNoShortNumber(field, dialled);
        if (CHARGED.matcher(dialled).matches()) {
            throw charged(field);
        }
        return require(field, PhoneNumber.parse(field, text), countries);
    }

    /** The same for a valid number. */
    static PhoneNumber require(String field, PhoneNumber number, Set<String> countries) {
        Phonenumber.PhoneNumber parsed = parse(number);
        if (CHARGED.matcher(number.e164()).matches() || CHARGED_TYPES.contains(NUMBERS.getNumberType(parsed))) {
            throw charged(field);
        }
        String country = NUMBERS.getRegionCodeForNumber(parsed);
        if (country == null || !countries.contains(country)) {
            throw Problem.invalid(
                    field,
                    "is a number of a country that must not be called ("
                            + (country == null ? "unknown" : country) + "); the allowed ones are "
                            + String.join(", ", new TreeSet<>(countries))
                            + ", and the platform may allow others (setCallRules)");
        }
        return number;
    }

    private static void requireNoShortNumber(String field, String dialled) {
        String digits = dialled.replaceFirst("^\\+?(55)?(?=[0-9]{3}$)", "").replace("+", "");
        if (digits.length() > LONGEST_SHORT_NUMBER || digits.isEmpty()) {
            return;
        }
        if (SHORT_NUMBERS.connectsToEmergencyNumber(digits, BRAZIL)) {
            throw Problem.invalid(
                    field, "is an emergency number, which cannot be called from here; dial it on a telephone");
        }
        throw Problem.invalid(
                field,
                "is a short number of a public service or a carrier, which cannot be called from here; dial it on a"
                        + " telephone");
    }

    private static Problem charged(String field) {
        return Problem.invalid(
                field,
                "is a number for which the called party charges, such as 0300, 0500 or 0900; such numbers are not called");
    }

    private static Phonenumber.PhoneNumber parse(PhoneNumber number) {
        try {
            return NUMBERS.parse(number.e164(), NO_REGION);
        } catch (NumberParseException noNumber) {
            throw new IllegalArgumentException("the number was valid", noNumber);
        }
    }
}
