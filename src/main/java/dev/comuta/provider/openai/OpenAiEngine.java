package dev.comuta.provider.openai;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.AssistantEngine;
import dev.comuta.assistant.turn.CallCheck;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.provider.openai.OpenAiCompletion.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The engine {@code openai:<model>}: one request a turn. Tools that the model calls become look-ups, whose results stand
 * in the next turn's request. A call that the assistant may not make is told back to the model once; then the engine gives
 * up. An attempt that failed after the model answered is asked again, and its tokens are not counted.
 */
@ApplicationScoped
class OpenAiEngine implements AssistantEngine {

    private static final String NOT_AN_OBJECT = "the arguments are no JSON object";
    private static final String HELD_BACK = "not made, because another call of the same answer was wrong";

    private final OpenAiApi api;
    private final CallCheck check;
    private final OpenAiConfig config;

    OpenAiEngine(OpenAiApi api, CallCheck check, OpenAiConfig config) {
        this.api = api;
        this.check = check;
        this.config = config;
    }

    @Override
    public String scheme() {
        return "openai";
    }

    @Override
    public Uni<Answer> answer(Turn turn) {
        OpenAiAccount account = OpenAiAccount.of(turn.assistant(), config);
        OpenAiPrompt prompt = OpenAiPrompt.of(turn);
        return api.complete(turn.clientId(), account, prompt)
                .chain(first -> isSound(turn.assistant(), first)
                        ? Uni.createFrom().item(answerOf(first, first.tokens()))
                        : askAgain(turn, account, prompt, first));
    }

    private Uni<Answer> askAgain(Turn turn, OpenAiAccount account, OpenAiPrompt prompt, OpenAiCompletion first) {
        AssistantSetup assistant = turn.assistant();
        first.calls().forEach(call -> {
            String wrong = objection(assistant, call).orElse(HELD_BACK);
            JsonObject arguments = call.arguments() == null ? new JsonObject() : call.arguments();
            prompt.add(call.id(), call.tool(), arguments, OpenAiPrompt.error(wrong));
        });
        return api.complete(turn.clientId(), account, prompt).map(second -> {
            long tokens = first.tokens() + second.tokens();
            return isSound(assistant, second) ? answerOf(second, tokens) : new Answer.GaveUp(tokens);
        });
    }

    private boolean isSound(AssistantSetup assistant, OpenAiCompletion completion) {
        return completion.handOff().isPresent()
                || completion.calls().stream()
                        .allMatch(call -> objection(assistant, call).isEmpty());
    }

    private Optional<String> objection(AssistantSetup assistant, Call call) {
        return call.arguments() == null
                ? Optional.of(NOT_AN_OBJECT)
                : check.objection(assistant, new ToolCall(call.tool(), call.arguments(), call.id()));
    }

    private static Answer answerOf(OpenAiCompletion completion, long tokens) {
        if (completion.handOff().isPresent()) {
            return new Answer.HandOff(farewell(completion, completion.handOff().get()), tokens);
        }
        if (completion.calls().isEmpty()) {
            return new Answer.Reply(completion.text(), tokens);
        }
        return new Answer.ToolCalls(
                completion.calls().stream()
                        .map(call -> new ToolCall(call.tool(), call.arguments(), call.id()))
                        .toList(),
                tokens);
    }

    /** What the model gave the hand-off to say, or what it said beside it; null for nothing. */
    private static String farewell(OpenAiCompletion completion, Call handOff) {
        Object given = handOff.arguments() == null ? null : handOff.arguments().getValue(OpenAiPrompt.HAND_OFF_TEXT);
        String text = given instanceof String said ? OpenAiCompletion.speakable(said) : null;
        return text == null ? completion.text() : text;
    }
}
