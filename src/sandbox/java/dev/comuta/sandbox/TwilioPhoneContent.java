package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages of Twilio's Messages resource as the phone page shows them. */
final class TwilioPhoneContent {

    private static final Pattern PLACE = Pattern.compile("geo:(-?[0-9.]+),(-?[0-9.]+)(?:\\|(.*))?");

    private TwilioPhoneContent() {}

    /** The content of a message; null for a text. */
    static ObjectNode of(Map<String, String> form) {
        String template = form.getOrDefault("ContentSid", "");
        if (!template.isEmpty()) {
            return PhoneContent.of("template").put("name", template).put("text", values(form));
        }
        Matcher place = PLACE.matcher(form.getOrDefault("PersistentAction", ""));
        if (place.matches()) {
            ObjectNode location = PhoneContent.of("location")
                    .put("text", "")
                    .put("latitude", Double.parseDouble(place.group(1)))
                    .put("longitude", Double.parseDouble(place.group(2)));
            PhoneContent.putPresent(location, "name", form.get("Body"));
            PhoneContent.putPresent(location, "address", place.group(3));
            return location;
        }
        String url = form.getOrDefault("MediaUrl", "");
        return url.isEmpty() ? null : file(url);
    }

    /** Twilio gives no type with the address: the phone sees it when the file is read. */
    private static ObjectNode file(String url) {
        ObjectNode content = PhoneContent.of("document");
        return content.set("file", PhoneContent.link(url, null, null));
    }

    private static String values(Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        JsonNode values = Json.read(form.getOrDefault("ContentVariables", "{}"));
        values.forEach(value -> text.append(text.isEmpty() ? "" : " · ").append(value.asText()));
        return text.toString();
    }
}
