package dev.comuta.call.control;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * A command as its task stores it.
 *
 * @param kind what is to be done
 * @param text sealed digits, or the change of a recording; null for none
 */
record Order(Kind kind, String text) {

    private static final String COMMAND = "comando";
    private static final String TEXT = "texto";

    /** What is to be done, with its stored value. */
    enum Kind {
        HANG_UP("Desligar"),
        HOLD("Espera"),
        RESUME("Retorno da espera"),
        MUTE("Mudo"),
        UNMUTE("Com voz"),
        DIGITS("Dígitos"),
        RECORDING("Gravação"),
        MESSAGE("Mensagem à máquina");

        private final String stored;

        Kind(String stored) {
            this.stored = stored;
        }
    }

    static Order of(Kind kind) {
        return new Order(kind, null);
    }

    /** Whether the data of a task are those of a command; the task that dials has none. */
    static boolean isIn(JsonObject data) {
        return data.containsKey(COMMAND);
    }

    /** Reads the data of a task. Fails permanently when another system wrote them. */
    static Order read(JsonObject data) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.stored.equals(data.getValue(COMMAND)))
                .findFirst()
                .map(kind -> new Order(kind, data.getString(TEXT)))
                .orElseThrow(() -> new PermanentFailure("RequestData names no command"));
    }

    /** Data of the task. */
    JsonObject data(long callId) {
        JsonObject data = new JsonObject().put("callId", callId).put(COMMAND, kind.stored);
        return text == null ? data : data.put(TEXT, text);
    }

    /** Whether a repetition would be noticed. */
    boolean hasEffectTwice() {
        return kind == Kind.DIGITS;
    }

    /**
     * The command to the provider.
     *
     * @param plain the text, opened when it was sealed; of {@link Kind#MESSAGE} what is spoken
     */
    CallCommand command(String plain) {
        return switch (kind) {
            case HANG_UP -> new CallCommand.HangUp();
            case HOLD -> new CallCommand.Hold(true);
            case RESUME -> new CallCommand.Hold(false);
            case MUTE -> new CallCommand.Mute(true);
            case UNMUTE -> new CallCommand.Mute(false);
            case DIGITS -> new CallCommand.SendDigits(plain);
            case RECORDING -> new CallCommand.ChangeRecording(RecordingChange.valueOf(plain));
            case MESSAGE -> new CallCommand.Follow(List.of(new Say(plain), new Hangup()));
        };
    }
}
