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
 * The engine {@code openai:<model>}: one request per turn. The model's tool calls become look-ups, and the next turn's
 * request contains their results. When a call is invalid, a second request returns the error to the model; when a call
 * is invalid in that answer too, the end user gets the limit answer. An attempt that fails after the model answered is
 * retried, and its tokens are not counted.
 */
@ApplicationScoped
class OpenAiEngine implements AssistantEngine {

    private static final String NOT_AN_OBJECT = "the arguments are not a JSON object";
    private static final String NOT_MADE = "not made, because another call of the same answer is invalid";

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
                .chain(first -> isValid(turn.assistant(), first)
                        ? Uni.createFrom().item(answerOf(first, first.tokens()))
                        : askToCorrect(turn, account, prompt, first));
    }

    private Uni<Answer> askToCorrect(Turn turn, OpenAiAccount account, OpenAiPrompt prompt, OpenAiCompletion first) {
        AssistantSetup assistant = turn.assistant();
        first.calls().forEach(call -> {
            String error = objection(assistant, call).orElse(NOT_MADE);
            JsonObject arguments = call.arguments() == null ? new JsonObject() : call.arguments();
            prompt.add(call.id(), call.tool(), arguments, OpenAiPrompt.error(error));
        });
        return api.complete(turn.clientId(), account, prompt).map(second -> {
            long tokens = first.tokens() + second.tokens();
            return isValid(assistant, second) ? answerOf(second, tokens) : new Answer.Unusable(tokens);
        });
    }

    private boolean isValid(AssistantSetup assistant, OpenAiCompletion completion) {
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
            return new Answer.HandOff(
                    handOffText(completion, completion.handOff().get()), tokens);
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

    /** The text in the arguments of the hand-off, else the text of the completion; null when both are missing. */
    private static String handOffText(OpenAiCompletion completion, Call handOff) {
        Object given = handOff.arguments() == null ? null : handOff.arguments().getValue(OpenAiPrompt.HAND_OFF_TEXT);
        String text = given instanceof String argument ? OpenAiCompletion.storable(argument) : null;
        return text == null ? completion.text() : text;
    }
}
