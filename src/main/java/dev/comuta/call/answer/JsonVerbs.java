package dev.comuta.call.answer;

import dev.comuta.call.answer.Verb.Converse;
import dev.comuta.call.answer.Verb.Dial;
import dev.comuta.call.answer.Verb.Gather;
import dev.comuta.call.answer.Verb.Listen;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Pause;
import dev.comuta.call.answer.Verb.Play;
import dev.comuta.call.answer.Verb.RecordMessage;
import dev.comuta.call.answer.Verb.Redirect;
import dev.comuta.call.answer.Verb.Reject;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.answer.Verb.Target;
import dev.comuta.call.answer.Verb.Tones;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Writes steps as a JSON array of verbs, a subset of those of jambonz ("Jambonz verbs"). */
public final class JsonVerbs {

    private static final int DECLINE = 603;

    private final HookUrls urls;
    private final SpokenLanguage spoken;

    public JsonVerbs(HookUrls urls, SpokenLanguage spoken) {
        this.urls = urls;
        this.spoken = spoken;
    }

    /** The array of these steps. */
    public JsonArray of(List<Verb> steps) {
        return new JsonArray(steps.stream().map(this::verb).toList());
    }

    private JsonObject verb(Verb verb) {
        return switch (verb) {
            case Say say -> named("say").mergeIn(say(say.text()));
            case Play play -> named("play").mergeIn(play(play));
            case Tones tones -> named("dtmf").put("dtmf", tones.digits());
            case Pause pause -> named("pause").put("length", seconds(pause.length()));
            case Gather gather -> gather(gather);
            case Listen listen -> listen(listen);
            case Converse ignored -> throw new IllegalArgumentException("a gateway has no connection to an assistant");
            case Dial dial -> dial(dial);
            case RecordMessage message ->
                named("record")
                        .put("actionHook", url(message.hook()))
                        .put("maxLength", seconds(message.maxDuration()))
                        .put("playBeep", true)
                        .put("finishOnKey", "#");
            case Redirect redirect -> named("redirect").put("actionHook", url(redirect.hook()));
            case Hangup ignored -> named("hangup");
            case Reject ignored -> named("sip:decline").put("status", DECLINE);
        };
    }

    private static JsonObject named(String verb) {
        return new JsonObject().put("verb", verb);
    }

    private JsonObject say(String text) {
        JsonObject synthesizer = new JsonObject().put("language", spoken.language());
        if (spoken.voice() != null) {
            synthesizer.put("voice", spoken.voice());
        }
        return new JsonObject().put("text", text).put("synthesizer", synthesizer);
    }

    private static JsonObject play(Play play) {
        return new JsonObject().put("url", play.url().toString());
    }

    private JsonObject gather(Gather gather) {
        boolean speech = !gather.hints().isEmpty();
        JsonObject verb = named("gather")
                .put("input", speech ? new JsonArray().add("digits").add("speech") : new JsonArray().add("digits"))
                .put("numDigits", gather.maxDigits())
                .put("timeout", seconds(gather.silence()))
                .put("actionHook", url(gather.hook()));
        if (speech) {
            verb.put(
                    "recognizer",
                    new JsonObject().put("language", spoken.language()).put("hints", new JsonArray(gather.hints())));
        }
        addPrompts(verb, gather.prompts());
        return verb;
    }

    private JsonObject listen(Listen listen) {
        JsonObject verb = named("gather")
                .put("input", new JsonArray().add("speech"))
                .put("timeout", seconds(listen.silence()))
                .put("actionHook", url(listen.hook()))
                .put("recognizer", new JsonObject().put("language", spoken.language()));
        addPrompts(verb, listen.prompts());
        return verb;
    }

    /** A verb has one text to say. */
    private void addPrompts(JsonObject verb, List<Verb> prompts) {
        prompts.forEach(prompt -> {
            switch (prompt) {
                case Say say -> verb.put("say", say(joined(verb, say.text())));
                case Play play -> verb.put("play", play(play));
                default -> throw new IllegalArgumentException("not a prompt: " + prompt);
            }
        });
    }

    private static String joined(JsonObject verb, String text) {
        JsonObject earlier = verb.getJsonObject("say");
        return earlier == null ? text : earlier.getString("text") + " " + text;
    }

    private JsonObject dial(Dial dial) {
        JsonObject verb = named("dial")
                .put(
                        "target",
                        new JsonArray(dial.targets().stream().map(this::target).toList()))
                .put("timeout", seconds(dial.ringTime()))
                .put("timeLimit", seconds(dial.maxDuration()))
                .put("answerOnBridge", true);
        if (dial.hook() != null) {
            verb.put("actionHook", url(dial.hook()));
        }
        if (dial.callerId() != null) {
            verb.put("callerId", dial.callerId());
        }
        if (dial.recorded()) {
            Hook hook = new Hook(
                    Hook.Kind.RECORDING, dial.hook().callId(), dial.hook().position());
            verb.put("record", true).put("recordingHook", url(hook));
        }
        return verb;
    }

    private JsonObject target(Target target) {
        return switch (target) {
            case Target.Phone phone -> {
                JsonObject json = new JsonObject()
                        .put("type", "phone")
                        .put("number", phone.number())
                        .put("statusHook", url(phone.status()));
                yield phone.confirm() == null ? json : json.put("confirmHook", url(phone.confirm()));
            }
            case Target.Sip sip ->
                new JsonObject().put("type", "sip").put("sipUri", sip.uri()).put("statusHook", url(sip.status()));
            case Target.Conference conference ->
                new JsonObject().put("type", "conference").put("name", conference.name());
        };
    }

    private String url(Hook hook) {
        return urls.of(hook).toString();
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds();
    }
}
