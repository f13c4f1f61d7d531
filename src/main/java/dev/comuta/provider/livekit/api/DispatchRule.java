package dev.comuta.provider.livekit.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A rule that leads inbound calls of a channel's number to rooms of their own. Its attribute says that it is ours, and is
 * inherited by the participants.
 *
 * @param id null before it is created
 * @param trunkIds the inbound trunks; empty for all of the project
 */
public record DispatchRule(String id, long channelId, String number, String roomPrefix, List<String> trunkIds) {

    /** The attribute with the id of the channel. */
    public static final String CHANNEL = "comuta.channel";

    public DispatchRule {
        trunkIds = List.copyOf(trunkIds);
    }

    /** {@return the rule, or null when it is not one of ours} */
    static DispatchRule of(ProtoJson rule) {
        String channel = rule.map("attributes").get(CHANNEL);
        return channel == null || !channel.matches("\\d{1,18}") || rule.text("sip_dispatch_rule_id") == null
                ? null
                : new DispatchRule(
                        rule.text("sip_dispatch_rule_id"),
                        Long.parseLong(channel),
                        rule.texts("numbers").stream().findFirst().orElse(null),
                        rule.message("rule").message("dispatch_rule_individual").text("room_prefix"),
                        rule.texts("trunk_ids"));
    }

    /**
     * The request that creates it. {@code numbers} are the called numbers; {@code inbound_numbers}, against the comment
     * of the protocol, the calling ones.
     */
    public JsonObject inRequest() {
        JsonObject rule = new JsonObject()
                .put(
                        "rule",
                        new JsonObject()
                                .put("dispatch_rule_individual", new JsonObject().put("room_prefix", roomPrefix)))
                .put("name", "Comuta " + channelId)
                .put("numbers", new JsonArray(List.of(number)))
                .put("attributes", new JsonObject().put(CHANNEL, Long.toString(channelId)));
        if (!trunkIds.isEmpty()) {
            rule.put("trunk_ids", new JsonArray(trunkIds));
        }
        return new JsonObject().put("dispatch_rule", rule);
    }

    @Override
    public String toString() {
        return "DispatchRule[" + id + ", channelId=" + channelId + "]";
    }
}
