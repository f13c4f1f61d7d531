package dev.comuta.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The set-up of an account at Meta: the registration of its numbers, the subscribed app, the address of webhooks. */
public final class MetaSetUps {

    private final Map<String, SetUp> numbers = new ConcurrentHashMap<>();
    private volatile boolean appIsSubscribed = true;

    MetaSetUps() {}

    /** @param webhook the address of the app's webhooks; null for none */
    private record SetUp(boolean registered, String webhook) {}

    /** Sets whether a number is registered, and the address to which its webhooks go; null for none. */
    public void number(String phoneNumberId, boolean registered, String webhook) {
        numbers.put(phoneNumberId, new SetUp(registered, webhook));
    }

    /** Sets whether the account's webhooks go to an app. */
    public void subscribed(boolean subscribed) {
        appIsSubscribed = subscribed;
    }

    List<Map<String, Object>> subscribedApps() {
        return appIsSubscribed
                ? List.of(Map.of("whatsapp_business_api_data", Map.of("id", "300000000000001", "name", "Comuta")))
                : List.of();
    }

    /** The fields of a number that show its set-up. */
    Map<String, Object> of(String phoneNumberId) {
        SetUp setUp = numbers.getOrDefault(phoneNumberId, new SetUp(true, null));
        Map<String, Object> fields = new TreeMap<>();
        fields.put("platform_type", setUp.registered() ? "CLOUD_API" : "NOT_APPLICABLE");
        fields.put("status", setUp.registered() ? "CONNECTED" : "PENDING");
        if (setUp.webhook() != null) {
            fields.put("webhook_configuration", Map.of("application", setUp.webhook()));
        }
        return fields;
    }
}
