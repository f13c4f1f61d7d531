package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The trunks, rules and telephone calls of a project of the simulated LiveKit. */
final class LiveKitCalls {

    private static final String NUMBER = "\\+[1-9]\\d{6,14}";

    private final LiveKitRooms rooms;
    private final Map<String, List<String>> trunks = new LinkedHashMap<>();
    private final Map<String, ObjectNode> rules = new LinkedHashMap<>();
    private final Map<String, Deque<LiveKitCallee>> callees = new LinkedHashMap<>();
    private final Map<LiveKitParticipant, CompletableFuture<Void>> waiting = new LinkedHashMap<>();
    private int dialed;

    LiveKitCalls(LiveKitRooms rooms) {
        this.rooms = rooms;
    }

    synchronized void trunk(String id, List<String> numbers) {
        trunks.put(id, List.copyOf(numbers));
    }

    /** Sets what the next calls to a number meet, one entry each; the last one stays. */
    synchronized void callee(String number, List<LiveKitCallee> script) {
        callees.put(number, new ArrayDeque<>(script));
    }

    /** How many calls were dialed. */
    synchronized int dialed() {
        return dialed;
    }

    synchronized ObjectNode listTrunks(LiveKitRequest request) {
        List<String> ids = request.texts("trunk_ids");
        List<String> numbers = request.texts("numbers");
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        var items = listed.putArray("items");
        trunks.forEach((id, own) -> {
            if ((ids.isEmpty() || ids.contains(id))
                    && (numbers.isEmpty() || own.stream().anyMatch(numbers::contains))) {
                ObjectNode item = items.addObject().put("sip_trunk_id", id).put("name", "trunk");
                own.forEach(item.putArray("numbers")::add);
                item.put("auth_username", "u").put("auth_password", "p");
            }
        });
        return listed;
    }

    synchronized ObjectNode createRule(LiveKitRequest request) {
        ObjectNode rule = request.field("dispatch_rule").deepCopy();
        String id = Secrets.sid("SDR_");
        rules.put(id, rule.put("sip_dispatch_rule_id", id));
        return rule;
    }

    /** A rule that its owner made on a page of LiveKit. */
    synchronized void rule(String number, String roomPrefix) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.putObject("rule").putObject("dispatch_rule_individual").put("room_prefix", roomPrefix);
        rule.putArray("numbers").add(number);
        String id = Secrets.sid("SDR_");
        rules.put(id, rule.put("sip_dispatch_rule_id", id));
    }

    synchronized ObjectNode listRules(LiveKitRequest request) {
        ObjectNode listed = JsonNodeFactory.instance.objectNode();
        var items = listed.putArray("items");
        rules.values().stream()
                .filter(rule -> request.texts("trunk_ids").isEmpty()
                        || new LiveKitRequest(rule)
                                .texts("trunk_ids").stream().anyMatch(request.texts("trunk_ids")::contains))
                .forEach(items::add);
        return listed;
    }

    synchronized ObjectNode deleteRule(LiveKitRequest request) {
        ObjectNode rule = rules.remove(request.required("sip_dispatch_rule_id"));
        if (rule == null) {
            throw LiveKitError.notFound("sip dispatch rule");
        }
        return rule;
    }

    /** Dials; the response may wait for the answer. */
    synchronized CompletableFuture<ObjectNode> dial(LiveKitRequest request) {
        String to = request.required("sip_call_to");
        List<String> numbers = trunks.get(request.required("sip_trunk_id"));
        if (numbers == null) {
            throw LiveKitError.notFound("sip trunk");
        }
        if (!to.matches(NUMBER)) {
            throw LiveKitError.invalid("sip_call_to is no number");
        }
        dialed++;
        LiveKitCallee callee = next(to);
        LiveKitRoom room = rooms.create(request.required("room_name"), "");
        LiveKitParticipant participant = new LiveKitParticipant(
                request.required("participant_identity"), "SIP", attributes(request, to, numbers.getFirst()));
        ObjectNode response = response(room, participant);
        rooms.join(room, participant);
        participant.callStatus("ringing");
        if (callee == LiveKitCallee.RINGS) {
            CompletableFuture<Void> answered = new CompletableFuture<>();
            waiting.put(participant, answered);
            return request.isTrue("wait_until_answered")
                    ? answered.thenApply(nothing -> response)
                    : CompletableFuture.completedFuture(response);
        }
        if (callee == LiveKitCallee.ANSWERS) {
            participant.callStatus("active");
            return CompletableFuture.completedFuture(response);
        }
        rooms.leave(room, participant, callee.disconnectReason());
        return request.isTrue("wait_until_answered")
                ? CompletableFuture.failedFuture(LiveKitError.sip(callee.sipStatus()))
                : CompletableFuture.completedFuture(response);
    }

    private LiveKitCallee next(String number) {
        Deque<LiveKitCallee> script = callees.get(number);
        if (script == null) {
            return LiveKitCallee.ANSWERS;
        }
        return script.size() > 1 ? script.poll() : script.peek();
    }

    private static Map<String, String> attributes(LiveKitRequest request, String to, String trunkNumber) {
        Map<String, String> attributes = new LinkedHashMap<>(request.map("participant_attributes"));
        attributes.put("sip.callID", Secrets.sid("SCL_"));
        attributes.put("sip.callStatus", "dialing");
        attributes.put("sip.phoneNumber", to);
        attributes.put(
                "sip.trunkPhoneNumber",
                Optional.of(request.text("sip_number"))
                        .filter(number -> !number.isEmpty())
                        .orElse(trunkNumber));
        attributes.put("sip.trunkID", request.text("sip_trunk_id"));
        return attributes;
    }

    private static ObjectNode response(LiveKitRoom room, LiveKitParticipant participant) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("participant_id", participant.sid())
                .put("participant_identity", participant.identity())
                .put("room_name", room.name())
                .put("sip_call_id", participant.attribute("sip.callID"));
    }

    /** The callee answers a call that rings. */
    synchronized void answer(String room, String identity) {
        LiveKitParticipant participant = rooms.get(room, identity);
        participant.callStatus("active");
        CompletableFuture<Void> answered = waiting.remove(participant);
        if (answered != null) {
            answered.complete(null);
        }
    }

    /** The telephone of a participant ends the call; one that rings is declined. */
    synchronized void hangUp(String room, String identity) {
        LiveKitParticipant participant = rooms.get(room, identity);
        CompletableFuture<Void> answered = waiting.remove(participant);
        rooms.leave(rooms.get(room), participant, answered == null ? "CLIENT_INITIATED" : "USER_REJECTED");
        if (answered != null) {
            answered.completeExceptionally(LiveKitError.sip(LiveKitCallee.DECLINES.sipStatus()));
        }
    }

    /** A transfer with REFER: the participant leaves when the other number answers. */
    synchronized ObjectNode transfer(LiveKitRequest request) {
        LiveKitRoom room = rooms.get(request.required("room_name"));
        LiveKitParticipant participant = rooms.get(room.name(), request.required("participant_identity"));
        String to = request.required("transfer_to").replaceFirst("^(tel|sip):", "");
        if (!participant.isSip()) {
            throw LiveKitError.invalid("the participant has no call");
        }
        LiveKitCallee callee = next(to);
        if (callee.sipStatus() > 0) {
            throw LiveKitError.sip(callee.sipStatus());
        }
        rooms.leave(room, participant, "CLIENT_INITIATED");
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * A person calls a number. The rule for it leads the call into a new room.
     *
     * @param more attributes besides the usual ones
     * @return the name of the room; empty when no rule matches, so that the call is refused
     */
    synchronized Optional<String> callIn(String from, String to, Map<String, String> more) {
        return rules.values().stream()
                .map(LiveKitRequest::new)
                .filter(rule ->
                        rule.texts("numbers").isEmpty() || rule.texts("numbers").contains(to))
                .findFirst()
                .map(rule -> enter(rule, from, to, more));
    }

    private String enter(LiveKitRequest rule, String from, String to, Map<String, String> more) {
        String prefix = rule.message("rule").message("dispatch_rule_individual").text("room_prefix");
        LiveKitRoom room = rooms.create(prefix + "_" + from + "_" + Secrets.sid(""), rule.text("metadata"));
        Map<String, String> attributes = new LinkedHashMap<>(rule.map("attributes"));
        attributes.put("sip.callID", Secrets.sid("SCL_"));
        attributes.put("sip.callStatus", "active");
        attributes.put("sip.phoneNumber", from);
        attributes.put("sip.trunkPhoneNumber", to);
        attributes.put("sip.trunkID", "ST_inbound");
        attributes.put("sip.ruleID", rule.text("sip_dispatch_rule_id"));
        attributes.putAll(more);
        rooms.join(room, new LiveKitParticipant("sip_" + from, "SIP", attributes));
        return room.name();
    }
}
