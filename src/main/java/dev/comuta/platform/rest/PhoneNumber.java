package dev.comuta.platform.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import dev.comuta.platform.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number with its country code. No entry point of the server assumes a country: a form in which people type
 * national numbers adds the country code before it calls the API.
 *
 * @param e164 plus sign and digits: E.164 ({@code +5511999999999}, ITU-T E.164), or the digits of a provider
 */
public record PhoneNumber(String e164) {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String NO_REGION = "ZZ";

    /** Digits and the marks between them. Letters are rejected: they would be dialled as digits. */
    private static final Pattern SPELLING = Pattern.compile("[\\p{Z}\\p{Cf}]*\\+?[0-9][0-9\\p{Z}\\p{Cf}\\p{Pd}()./]*");

    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

    /** The shortest and the longest number that a provider may send; E.164 has at most 15 digits. */
    private static final int MIN_DIGITS = 5;

    private static final int MAX_DIGITS = 20;

    /**
     * Countries in which WhatsApp identifies some people by an old or longer form of their number. The function
     * comuta_number_key of the database has the same rules.
     */
    private static final List<Form> FORMS = List.of(
            new Form("+55", "(\\+55[0-9]{2})([6-9][0-9]{7})", "$19$2"), // Brazil: the ninth digit of mobiles
            new Form("+52", "\\+521([0-9]{10})", "+52$1"), // Mexico: the 1 of mobiles, until 2019
            new Form("+54", "\\+549([0-9]{10})", "+54$1"), // Argentina: the 9 of mobiles
            new Form("+225", "\\+225([014-9][0-3][0-9]{6})", "+22501$1"), // Ivory Coast: 8 digits until 2021
            new Form("+225", "\\+225([014-9][4-6][0-9]{6})", "+22505$1"),
            new Form("+225", "\\+225([014-9][7-9][0-9]{6})", "+22507$1"),
            new Form("+229", "\\+229([0-9]{8})", "+22901$1")); // Benin: 8 digits until 2024

    /** Validation is slow, and the same numbers repeat. */
    private static final Cache<String, Optional<PhoneNumber>> CACHE =
            Caffeine.newBuilder().maximumSize(20_000).build();

    private static final int MAX_CACHED_LENGTH = 20;

    /** A form of the numbers of a country, and the form that replaces it in the key. */
    private record Form(String prefix, Pattern pattern, String replacement) {

        Form(String prefix, String pattern, String replacement) {
            this(prefix, Pattern.compile(pattern), replacement);
        }

        boolean matches(String e164) {
            return e164.startsWith(prefix) && pattern.matcher(e164).matches();
        }

        String replace(String e164) {
            return pattern.matcher(e164).replaceFirst(replacement);
        }
    }

    /**
     * Parses a number with its country code, with or without "+". Fails with a problem that names the field when the
     * text is not a valid number.
     */
    public static PhoneNumber parse(String field, String text) {
        PhoneNumber number = find(text);
        if (number == null) {
            throw Problem.invalid(
                    field, "must be a valid phone number with its country code, for example +5511998765432");
        }
        return number;
    }

    /** {@return the number, or null when the text is null or not a valid number with its country code} */
    public static PhoneNumber find(String text) {
        if (text == null || text.length() > MAX_CACHED_LENGTH) {
            return read(text);
        }
        return CACHE.get(text, spelling -> Optional.ofNullable(read(spelling))).orElse(null);
    }

    /**
     * The number that a provider gives for somebody, with its digits unchanged: whether it is valid does not matter,
     * because a message arrived from it.
     *
     * @return null when the text is no number
     */
    public static PhoneNumber received(String text) {
        if (text == null || !SPELLING.matcher(text).matches()) {
            return null;
        }
        String digits = NO_DIGITS.matcher(text).replaceAll("");
        return digits.length() < MIN_DIGITS || digits.length() > MAX_DIGITS ? null : new PhoneNumber("+" + digits);
    }

    /** {@return whether both are forms of one number} */
    public boolean isSame(PhoneNumber other) {
        return identityKey().equals(other.identityKey());
    }

    private static PhoneNumber read(String text) {
        PhoneNumber received = received(text);
        try {
            return received == null ? null : received.valid();
        } catch (NumberParseException notANumber) {
            return null;
        }
    }

    private PhoneNumber valid() throws NumberParseException {
        PhoneNumber number = new PhoneNumber(NUMBERS.format(NUMBERS.parse(e164, NO_REGION), PhoneNumberFormat.E164));
        return NUMBERS.isValidNumber(NUMBERS.parse(number.e164(), NO_REGION))
                        || NUMBERS.isValidNumber(NUMBERS.parse(number.identityKey(), NO_REGION))
                ? number
                : null;
    }

    /**
     * {@return the number of an optional field, or null when the text is null}
     *
     * @param stored the present number of the field, which may be an invalid number of a provider and may remain
     */
    public static String e164OrNull(String field, String text, String stored) {
        return text == null || text.equals(stored) ? text : parse(field, text).e164();
    }

    /**
     * The key under which a person or a channel is found: one for all forms of a number. Only for comparison: messages
     * go to the number as received.
     */
    public String identityKey() {
        for (Form form : FORMS) {
            if (form.matches(e164)) {
                return form.replace(e164);
            }
        }
        return e164;
    }
}
