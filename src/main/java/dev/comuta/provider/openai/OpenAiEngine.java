package dev.comuta.provider.openai;

import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.AssistantEngine;
import dev.comuta.assistant.turn.CallCheck;
import dev.comuta.assistant.turn.Conversation;
import dev.comuta.assistant.turn.Summary;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.provider.openai.OpenAiCompletion.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
        return complete(turn, account, prompt)
                .chain(first -> first.isValid()
                        ? Uni.createFrom()
                                .item(answerOf(
                                        first.completion(), first.completion().tokens()))
                        : askToCorrect(turn, account, prompt, first));
    }

    /** A server that rejects a schema of its answer is asked once more without one. */
    @Override
    public Uni<Summary> summarize(Conversation conversation) {
        OpenAiAccount account = OpenAiAccount.of(conversation.assistant(), config);
        SummaryPrompt prompt = SummaryPrompt.of(conversation);
        return api.request(conversation.clientId(), account, prompt.body(account.model()))
                .chain(answer -> SummaryPrompt.isRejected(answer)
                        ? api.request(conversation.clientId(), account, prompt.plainBody(account.model()))
                        : Uni.createFrom().item(answer))
                .map(answer -> SummaryPrompt.read(conversation, OpenAiApi.read(answer)));
    }

    private Uni<Answer> askToCorrect(Turn turn, OpenAiAccount account, OpenAiPrompt prompt, Checked first) {
        List<Call> calls = first.completion().calls();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            String error = first.objections().get(i).orElse(NOT_MADE);
            prompt.add(call.id(), call.tool(), argumentsOf(call), OpenAiPrompt.error(error));
        }
        return complete(turn, account, prompt).map(second -> {
            long tokens = first.completion().tokens() + second.completion().tokens();
            return second.isValid() ? answerOf(second.completion(), tokens) : new Answer.Unusable(tokens);
        });
    }

    /**
     * A completion with the result of the check of its calls.
     *
     * @param objections one for each call; empty for a valid one
     */
    private record Checked(OpenAiCompletion completion, List<Optional<String>> objections) {

        boolean isValid() {
            return completion.handOff().isPresent() || objections.stream().allMatch(Optional::isEmpty);
        }
    }

    private Uni<Checked> complete(Turn turn, OpenAiAccount account, OpenAiPrompt prompt) {
        return api.complete(turn.clientId(), account, prompt).chain(completion -> check(turn, completion));
    }

    private Uni<Checked> check(Turn turn, OpenAiCompletion completion) {
        List<Call> calls = completion.calls();
        List<ToolCall> requested = calls.stream()
                .map(call -> new ToolCall(call.tool(), argumentsOf(call), call.id()))
                .toList();
        return check.objections(turn.clientId(), turn.assistant(), requested)
                .map(objections -> new Checked(
                        completion,
                        IntStream.range(0, calls.size())
                                .mapToObj(i -> calls.get(i).arguments() == null
                                        ? Optional.of(NOT_AN_OBJECT)
                                        : objections.get(i))
                                .toList()));
    }

    private static JsonObject argumentsOf(Call call) {
        return call.arguments() == null ? new JsonObject() : call.arguments();
    }

    private Answer answerOf(OpenAiCompletion completion, long tokens) {
        if (completion.handOff().isPresent()) {
            return new Answer.HandOff(
                    handOffText(completion, completion.handOff().get()), tokens);
        }
        if (completion.calls().isEmpty()) {
            return new Answer.Reply(completion.cut() ? cut(completion.text()) : completion.text(), tokens);
        }
        return new Answer.ToolCalls(
                completion.calls().stream()
                        .map(call -> new ToolCall(call.tool(), call.arguments(), call.id()))
                        .toList(),
                tokens);
    }

    /** A text without its end, and a sentence that says so. */
    private String cut(String text) {
        String notice = config.cutNotice();
        return OpenAiCompletion.shortened(text, notice.length() + 2) + "…\n\n" + notice;
    }

    /** The text in the arguments of the hand-off, else the text of the completion; null when both are missing. */
    private static String handOffText(OpenAiCompletion completion, Call handOff) {
        Object given = handOff.arguments() == null ? null : handOff.arguments().getValue(OpenAiPrompt.HAND_OFF_TEXT);
        String text = given instanceof String argument
                ? OpenAiCompletion.storable(ModelText.of(argument).text())
                : null;
        return text == null ? completion.text() : text;
    }
}
