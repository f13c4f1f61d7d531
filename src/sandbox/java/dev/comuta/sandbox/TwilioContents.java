package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Twilio's Content API: contents, and the requests that WhatsApp approves them as templates. */
final class TwilioContents {

    static final String BASE = "/v1/Content";

    private static final Pattern CONTENT = Pattern.compile(BASE + "/(HX[0-9a-f]{32})");
    private static final Pattern APPROVAL = Pattern.compile(BASE + "/(HX[0-9a-f]{32})/ApprovalRequests/whatsapp");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\d+)}}");
    private static final String STATUS = "status";
    private static final int PAGE = 50;

    private final Map<String, Content> contents = new ConcurrentSkipListMap<>();

    /**
     * A content.
     *
     * @param approval the request for its approval; null while there is none
     */
    record Content(String sid, String account, JsonNode fields, Map<String, Object> approval) {

        Map<String, Object> listed() {
            Map<String, Object> listed = new LinkedHashMap<>();
            listed.put("sid", sid);
            listed.put("account_sid", account);
            listed.put("friendly_name", fields.path("friendly_name").asText());
            listed.put("language", fields.path("language").asText());
            listed.put("variables", fields.path("variables"));
            listed.put("types", fields.path("types"));
            listed.put("date_created", "2026-01-01T00:00:00Z");
            listed.put("date_updated", "2026-01-01T00:00:00Z");
            listed.put("approval_requests", approval == null ? Map.of(STATUS, "unsubmitted") : approval);
            return listed;
        }

        Content reviewed(String status, String reason) {
            Map<String, Object> changed = new LinkedHashMap<>(approval);
            changed.put(STATUS, status);
            changed.put("rejection_reason", reason);
            return new Content(sid, account, fields, changed);
        }

        /** The body with the values of a message. */
        String text(JsonNode values) {
            JsonNode types = fields.path("types");
            String body =
                    types.isEmpty() ? "" : types.iterator().next().path("body").asText();
            return VARIABLE.matcher(body)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(values.path(found.group(1)).asText()));
        }
    }

    static boolean owns(String path) {
        return path.startsWith(BASE);
    }

    Optional<Content> find(String sid) {
        return Optional.ofNullable(contents.get(sid));
    }

    /** Ends the review of a template. */
    void review(String sid, String status, String reason) {
        contents.computeIfPresent(sid, (same, content) -> content.reviewed(status, reason));
    }

    void answer(Exchange exchange, String account) {
        String operation = exchange.method() + " " + exchange.path();
        Matcher content = CONTENT.matcher(exchange.path());
        Matcher approval = APPROVAL.matcher(exchange.path());
        if (operation.equals("GET " + BASE + "AndApprovals")) {
            list(exchange, account);
        } else if (operation.equals("POST " + BASE)) {
            create(exchange, account);
        } else if (exchange.method().equals("POST") && approval.matches() && isOf(account, approval.group(1))) {
            approve(exchange, approval.group(1));
        } else if (exchange.method().equals("DELETE") && content.matches() && isOf(account, content.group(1))) {
            contents.remove(content.group(1));
            exchange.answerNothing();
        } else {
            exchange.answer(404, Map.of("code", 20404, "message", "The requested resource was not found", STATUS, 404));
        }
    }

    private boolean isOf(String account, String sid) {
        return find(sid).filter(one -> one.account().equals(account)).isPresent();
    }

    private void list(Exchange exchange, String account) {
        List<Map<String, Object>> all = contents.values().stream()
                .filter(content -> content.account().equals(account))
                .map(Content::listed)
                .toList();
        int from = number(exchange.parameter("Page"), 0) * number(exchange.parameter("PageSize"), PAGE);
        int to = Math.min(all.size(), from + number(exchange.parameter("PageSize"), PAGE));
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("key", "contents");
        meta.put("page", number(exchange.parameter("Page"), 0));
        meta.put("page_size", number(exchange.parameter("PageSize"), PAGE));
        meta.put("next_page_url", null);
        exchange.answer(200, Map.of("contents", new ArrayList<>(all.subList(Math.min(from, to), to)), "meta", meta));
    }

    private void create(Exchange exchange, String account) {
        JsonNode fields = Json.read(exchange.body());
        if (fields.path("language").asText().isEmpty() || fields.path("types").isEmpty()) {
            exchange.answer(400, Map.of("code", 20001, "message", "language and types are required", STATUS, 400));
            return;
        }
        Content content = new Content(Secrets.sid("HX"), account, fields, null);
        contents.put(content.sid(), content);
        exchange.answer(201, content.listed());
    }

    private void approve(Exchange exchange, String sid) {
        JsonNode request = Json.read(exchange.body());
        String name = request.path("name").asText();
        if (!name.matches("[a-z0-9_]{1,512}")
                || !request.path("category").asText().matches("MARKETING|UTILITY|AUTHENTICATION")) {
            exchange.answer(400, Map.of("code", 20001, "message", "name or category is invalid", STATUS, 400));
            return;
        }
        Map<String, Object> approval = new LinkedHashMap<>();
        approval.put("name", name);
        approval.put("category", request.path("category").asText());
        approval.put("content_type", "whatsapp");
        approval.put(STATUS, "received");
        approval.put("rejection_reason", "");
        approval.put("allow_category_change", true);
        contents.computeIfPresent(
                sid, (same, content) -> new Content(sid, content.account(), content.fields(), approval));
        exchange.answer(201, approval);
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : otherwise;
    }
}
