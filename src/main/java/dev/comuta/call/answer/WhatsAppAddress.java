package dev.comuta.call.answer;

/** The address of a telephone that is called over WhatsApp: its number after {@code whatsapp:}. */
public final class WhatsAppAddress {

    private static final String SCHEME = "whatsapp:";

    private WhatsAppAddress() {}

    /** The address of a number. */
    public static String of(String number) {
        return SCHEME + number;
    }

    /** Whether a text is such an address; it may be null. */
    public static boolean isIn(String text) {
        return text != null && text.startsWith(SCHEME);
    }

    /** The number in an address, or the text itself when it is none. */
    public static String numberIn(String text) {
        return isIn(text) ? text.substring(SCHEME.length()) : text;
    }
}
