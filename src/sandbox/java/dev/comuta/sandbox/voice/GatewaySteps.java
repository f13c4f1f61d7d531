package dev.comuta.sandbox.voice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the JSON steps that a voice gateway gets, the subset of jambonz's verbs. */
final class GatewaySteps {

    private static final int UNREADABLE = 12_100;

    private GatewaySteps() {}

    /** The verbs in Twilio's names; none of an empty body. */
    static List<Verb> read(String json) {
        if (json.isBlank()) {
            return List.of();
        }
        JsonNode steps;
        try {
            steps = Json.read(json);
        } catch (Json.Malformed malformed) {
            throw new Document.Failed(UNREADABLE, "no JSON: " + malformed.getMessage());
        }
        if (!steps.isArray()) {
            throw new Document.Failed(UNREADABLE, "no array of steps: " + json);
        }
        List<Verb> verbs = new ArrayList<>();
        steps.forEach(step -> verbs.add(verb(step)));
        return verbs;
    }

    private static Verb verb(JsonNode step) {
        return switch (step.path("verb").asText()) {
            case "say" -> new Verb("Say", Map.of(), text(step.path("text")), List.of());
            case "play" -> new Verb("Play", Map.of(), text(step.path("url")), List.of());
            case "pause" -> new Verb("Pause", attributes(step, Map.of("length", "length")), "", List.of());
            case "gather" -> gather(step);
            case "dial" -> dial(step);
            case "record" ->
                new Verb(
                        "Record",
                        attributes(
                                step,
                                Map.of(
                                        "actionHook", "action",
                                        "maxLength", "maxLength",
                                        "playBeep", "playBeep",
                                        "timeout", "timeout",
                                        "finishOnKey", "finishOnKey",
                                        "recordingHook", "recordingStatusCallback")),
                        "",
                        List.of());
            case "redirect" ->
                new Verb("Redirect", Map.of(), step.path("actionHook").asText(), List.of());
            case "hangup" -> new Verb("Hangup", Map.of(), "", List.of());
            default -> new Verb(step.path("verb").asText(), Map.of(), "", List.of());
        };
    }

    /** Jambonz takes a list of texts or addresses, too; the first is spoken. */
    private static String text(JsonNode textOrList) {
        return textOrList.isArray() ? textOrList.path(0).asText() : textOrList.asText();
    }

    /** The hook is called without input, too. */
    private static Verb gather(JsonNode step) {
        Map<String, String> attributes = attributes(
                step,
                Map.of(
                        "actionHook", "action",
                        "numDigits", "numDigits",
                        "timeout", "timeout",
                        "finishOnKey", "finishOnKey"));
        List<String> inputs = new ArrayList<>();
        step.path("input").forEach(input -> inputs.add(input.asText().equals("digits") ? "dtmf" : input.asText()));
        attributes.put("input", inputs.isEmpty() ? "dtmf" : String.join(" ", inputs));
        attributes.put("actionOnEmptyResult", "true");
        List<Verb> prompts = new ArrayList<>();
        if (step.hasNonNull("say")) {
            prompts.add(new Verb("Say", Map.of(), text(step.path("say").path("text")), List.of()));
        }
        if (step.hasNonNull("play")) {
            prompts.add(new Verb("Play", Map.of(), text(step.path("play").path("url")), List.of()));
        }
        return new Verb("Gather", attributes, "", prompts);
    }

    private static Verb dial(JsonNode step) {
        Map<String, String> attributes = attributes(
                step,
                Map.of(
                        "actionHook", "action",
                        "timeout", "timeout",
                        "timeLimit", "timeLimit",
                        "answerOnBridge", "answerOnBridge",
                        "callerId", "callerId"));
        List<Verb> targets = new ArrayList<>();
        String everyWhisper = step.path("confirmHook").asText();
        step.path("target").forEach(target -> {
            boolean isSip = target.path("type").asText().equals("sip");
            String number = target.path(isSip ? "sipUri" : "number").asText();
            Map<String, String> whisper = attributes(target, Map.of("confirmHook", "url"));
            if (!everyWhisper.isEmpty()) {
                whisper.putIfAbsent("url", everyWhisper);
            }
            targets.add(new Verb(isSip ? "Sip" : "Number", whisper, number, List.of()));
        });
        return new Verb("Dial", attributes, "", targets);
    }

    private static Map<String, String> attributes(JsonNode step, Map<String, String> names) {
        Map<String, String> attributes = new TreeMap<>();
        names.forEach((json, twiml) -> {
            if (step.hasNonNull(json)) {
                attributes.put(twiml, step.path(json).asText());
            }
        });
        return attributes;
    }
}
