package dev.comuta.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The WhatsApp senders of an account: a list, and each one with its webhook. */
final class TwilioSenders {

    static final String PATH = "/v2/Channels/Senders";

    private static final int DIGITS = 32;

    private final Map<String, String> webhooks = new ConcurrentHashMap<>();

    /** Sets the address to which the incoming messages of a number go. */
    void webhook(String number, String address) {
        webhooks.put(number, address);
    }

    /** Answers a request for the senders with these numbers, or for one of them. */
    void answer(Exchange exchange, Set<String> numbers) {
        if (exchange.path().equals(PATH)) {
            Map<String, Object> meta = new LinkedHashMap<>();
            meta.put("key", "senders");
            meta.put("page", 0);
            meta.put("page_size", 50);
            meta.put("next_page_url", null);
            List<Map<String, Object>> senders =
                    numbers.stream().map(TwilioSenders::listed).toList();
            exchange.answer(200, Map.of("senders", senders, "meta", meta));
            return;
        }
        numbers.stream()
                .filter(number -> exchange.path().equals(PATH + "/" + sid(number)))
                .findFirst()
                .ifPresentOrElse(
                        number -> exchange.answer(200, described(number)),
                        () -> exchange.answer(
                                404,
                                Map.of(
                                        "code",
                                        20404,
                                        "message",
                                        "The requested resource was not found",
                                        "status",
                                        404)));
    }

    private static Map<String, Object> listed(String number) {
        return Map.of("sid", sid(number), "status", "ONLINE", "sender_id", "whatsapp:" + number);
    }

    private Map<String, Object> described(String number) {
        Map<String, Object> sender = new LinkedHashMap<>(listed(number));
        if (webhooks.containsKey(number)) {
            sender.put("webhook", Map.of("callback_url", webhooks.get(number), "callback_method", "POST"));
        }
        return sender;
    }

    private static String sid(String number) {
        String digits = number.substring(1);
        return "XE" + "0".repeat(DIGITS - digits.length()) + digits;
    }
}
