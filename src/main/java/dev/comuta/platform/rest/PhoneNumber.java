package dev.comuta.platform.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.comuta.platform.problem.Problem;
import java.util.Optional;

/**
 * A telephone number in E.164 ({@code +5511999999999}, ITU-T E.164). A number without a country code is Brazilian.
 *
 * @param e164 plus sign and at most 15 digits
 */
public record PhoneNumber(@JsonValue String e164) {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String HOME_REGION = "BR";
    private static final int BRAZIL = 55;
    private static final int LANDLINE_DIGITS = 10;

    /** Parsing is the slowest step of a delivery, and the same numbers repeat. */
    private static final Cache<String, Optional<PhoneNumber>> CACHE =
            Caffeine.newBuilder().maximumSize(20_000).build();

    private static final int MAX_CACHED_LENGTH = 20;

    /** Parses any usual spelling. Fails with a problem that names the field when the text is not a telephone number. */
    public static PhoneNumber parse(String field, String text) {
        PhoneNumber number = find(text);
        if (number == null) {
            throw Problem.invalid(field, "is not a phone number");
        }
        return number;
    }

    /** {@return the number, or null when the text is null or not a telephone number} */
    public static PhoneNumber find(String text) {
        if (text == null || text.length() > MAX_CACHED_LENGTH) {
            return read(text);
        }
        return CACHE.get(text, spelling -> Optional.ofNullable(read(spelling))).orElse(null);
    }

    private static PhoneNumber read(String text) {
        try {
            Phonenumber.PhoneNumber number = NUMBERS.parse(text, HOME_REGION);
            return NUMBERS.isPossibleNumber(number)
                    ? new PhoneNumber(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : null;
        } catch (NumberParseException notANumber) {
            return null;
        }
    }

    /** {@return the number of an optional field, or null when the text is null} */
    public static String e164OrNull(String field, String text) {
        return text == null ? null : parse(field, text).e164();
    }

    @JsonCreator
    static PhoneNumber fromJson(String text) {
        return parse("phoneNumber", text);
    }

    /**
     * The key under which a person is found. Brazilian mobile numbers exist with and without the ninth digit, and
     * WhatsApp uses the old form for some of them; the key has the ninth digit. Only for comparison: messages go to the
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
