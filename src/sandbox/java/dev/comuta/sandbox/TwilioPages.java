package dev.comuta.sandbox;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Twilio's list of messages: the newest first, in pages, with the filters of the real API. */
final class TwilioPages {

    private static final int DEFAULT_SIZE = 50;

    private TwilioPages() {}

    /** Answers with a page of these messages, which are the oldest first. */
    static void answer(Exchange exchange, List<TwilioMessage> messages) {
        List<TwilioMessage> found = messages.stream()
                .filter(message -> isWanted(exchange, message))
                .toList()
                .reversed();
        int size = number(exchange.parameter("PageSize"), DEFAULT_SIZE);
        int page = number(exchange.parameter("Page"), 0);
        List<TwilioMessage> shown =
                found.stream().skip((long) page * size).limit(size).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("messages", shown);
        answer.put("page", page);
        answer.put("page_size", size);
        answer.put("start", page * size);
        answer.put("end", page * size + Math.max(0, shown.size() - 1));
        answer.put("uri", exchange.uri());
        answer.put("first_page_uri", exchange.uri());
        answer.put("next_page_uri", found.size() > (page + 1) * size ? nextPage(exchange.uri(), page + 1) : null);
        answer.put("previous_page_uri", null);
        exchange.answer(200, answer);
    }

    private static boolean isWanted(Exchange exchange, TwilioMessage message) {
        String from = exchange.parameter("From");
        String to = exchange.parameter("To");
        String after = exchange.parameter("DateSent>");
        String before = exchange.parameter("DateSent<");
        return (from.isEmpty() || message.from().equals(from))
                && (to.isEmpty() || message.to().equals(to))
                && (after.isEmpty() || message.isSince(time(after)))
                && (before.isEmpty() || message.isUntil(time(before)));
    }

    /** The SDK gives times of UTC without a zone. */
    private static ZonedDateTime time(String text) {
        return LocalDateTime.parse(text).atZone(ZoneOffset.UTC);
    }

    private static int number(String text, int otherwise) {
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    private static String nextPage(String uri, int page) {
        return uri.replaceFirst("[&?]Page=\\d+", "") + "&Page=" + page;
    }
}
