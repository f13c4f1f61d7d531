package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Exchange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A page of Twilio's lists: the newest first. */
final class TwilioLists {

    private static final int DEFAULT_SIZE = 50;

    private TwilioLists() {}

    /** @param found the oldest first */
    static <T> void answer(Exchange exchange, String name, List<T> found, Function<T, Map<String, Object>> shown) {
        int size = number(exchange.parameter("PageSize"), DEFAULT_SIZE);
        int page = number(exchange.parameter("Page"), 0);
        List<Map<String, Object>> rows = found.reversed().stream()
                .skip((long) page * size)
                .limit(size)
                .map(shown)
                .toList();
        boolean hasMore = found.size() > (page + 1) * size;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, rows);
        answer.put("page", page);
        answer.put("page_size", size);
        answer.put("start", page * size);
        answer.put("end", page * size + Math.max(0, rows.size() - 1));
        answer.put("uri", exchange.uri());
        answer.put("first_page_uri", at(exchange.uri(), 0));
        answer.put("next_page_uri", hasMore ? at(exchange.uri(), page + 1) : null);
        answer.put("previous_page_uri", page == 0 ? null : at(exchange.uri(), page - 1));
        exchange.answer(200, answer);
    }

    private static String at(String uri, int page) {
        String plain = uri.replaceFirst("([&?])Page=\\d+&?", "$1").replaceFirst("[&?]$", "");
        return plain + (plain.contains("?") ? "&" : "?") + "Page=" + page;
    }

    private static int number(String text, int otherwise) {
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }
}
