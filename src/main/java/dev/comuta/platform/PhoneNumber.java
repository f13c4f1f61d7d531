package dev.comuta.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;

/**
 * A telephone number in E.164 ({@code +5511999999999}, ITU-T E.164). A number without a country code is read as
 * Brazilian.
 *
 * @param e164 plus sign and at most 15 digits
 */
public record PhoneNumber(@JsonValue String e164) {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String HOME_REGION = "BR";
    private static final int BRAZIL = 55;
    private static final int LANDLINE_DIGITS = 10;

    /** Reads any usual spelling. Fails with a problem that names the field when the text is no telephone number. */
    public static PhoneNumber parse(String field, String text) {
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(text, HOME_REGION);
            if (NUMBERS.isPossibleNumber(number)) {
                return new PhoneNumber(NUMBERS.format(number, PhoneNumberFormat.E164));
            }
        } catch (NumberParseException notANumber) {
            // told below, in the same words as an impossible number
        }
        throw Problem.invalid(field, "is not a telephone number");
    }

    /** The same for a field that may be left out: null stays null. */
    public static String e164OrNull(String field, String text) {
        return text == null ? null : parse(field, text).e164();
    }

    @JsonCreator
    static PhoneNumber fromJson(String text) {
        return parse("phoneNumber", text);
    }

    /**
     * One spelling for one person: Brazilian mobile numbers exist with and without the ninth digit, and WhatsApp uses
     * the old form for some of them. The key is the form with the ninth digit. For comparing only: answers go to the
     * number as received.
     */
    public String identityKey() {
        String digits = e164.substring(1);
        String national = digits.substring(2);
        boolean oldMobile = digits.startsWith(Integer.toString(BRAZIL))
                && national.length() == LANDLINE_DIGITS
                && national.charAt(2) >= '6';
        return oldMobile ? "+" + BRAZIL + national.substring(0, 2) + "9" + national.substring(2) : e164;
    }
}
