package dev.comuta.media.speech;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces personal numbers and addresses in a text: CPF and CNPJ with valid check digits, cards that satisfy Luhn's
 * formula, e-mail addresses, and telephone numbers in Brazilian or international form. A number that is none of these,
 * such as a price, remains.
 */
public final class Redaction {

    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]{1,200}\\.\\p{L}{2,20}");

    /** Digits with at most one separator between two of them. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{N}])\\+?\\(?\\p{Nd}(?:[ .\\-/()]{0,2}\\p{Nd}){7,18}(?!\\p{N})");

    private static final Pattern PRICE_BEFORE = Pattern.compile("(?i)R\\$\\s{0,3}$");
    private static final int CPF = 11;
    private static final int CNPJ = 14;
    private static final int SHORTEST_CARD = 13;
    private static final int LONGEST_CARD = 19;
    private static final int LONGEST_PHONE = 15;

    /** With the country code of Brazil. */
    private static final int LONGEST_PLAIN_PHONE = 13;

    private static final int TEN = 10;
    private static final int CHECK = 11;

    private Redaction() {}

    /** {@return the text with a word in brackets for each personal number and address; the same text when it has none} */
    public static String of(String text) {
        String plain = EMAIL.matcher(text).replaceAll("[e-mail]");
        return NUMBER.matcher(plain)
                .replaceAll(found -> Matcher.quoteReplacement(
                        PRICE_BEFORE
                                        .matcher(plain.substring(Math.max(0, found.start() - 6), found.start()))
                                        .find()
                                ? found.group()
                                : word(found.group())));
    }

    private static String word(String number) {
        String digits = number.replaceAll("\\P{Nd}", "");
        if (digits.length() == CPF && isCpf(digits)) {
            return "[CPF]";
        }
        if (digits.length() == CNPJ && isCnpj(digits)) {
            return "[CNPJ]";
        }
        if (digits.length() >= SHORTEST_CARD && digits.length() <= LONGEST_CARD && isLuhn(digits)) {
            return "[cartão]";
        }
        return isPhone(number, digits.length()) ? "[telefone]" : number;
    }

    private static boolean isPhone(String shown, int digits) {
        boolean isMarked = shown.startsWith("+") || shown.startsWith("(");
        return digits <= (isMarked ? LONGEST_PHONE : LONGEST_PLAIN_PHONE);
    }

    private static boolean isCpf(String digits) {
        return digits.chars().distinct().count() > 1
                && digit(digits, 9) == check(digits, 9, CPF)
                && digit(digits, 10) == check(digits, 10, CPF);
    }

    private static boolean isCnpj(String digits) {
        return digits.chars().distinct().count() > 1
                && digit(digits, 12) == check(digits, 12, TEN - 1)
                && digit(digits, 13) == check(digits, 13, TEN - 1);
    }

    /** The check digit of the first digits; weights go from 2 upwards from the right, and restart after the largest. */
    private static int check(String digits, int count, int largest) {
        int sum = 0;
        int weight = 2;
        for (int i = count - 1; i >= 0; i--) {
            sum += digit(digits, i) * weight;
            weight = weight == largest ? 2 : weight + 1;
        }
        int rest = sum % CHECK;
        return rest < 2 ? 0 : CHECK - rest;
    }

    private static boolean isLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled >= TEN ? doubled - TEN + 1 : doubled;
        }
        return sum % TEN == 0;
    }

    private static int digit(String digits, int place) {
        return Character.digit(digits.charAt(place), TEN);
    }
}
