package dev.comuta.provider.openai;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.AssistantEngine;
import dev.comuta.assistant.turn.CallCheck;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.provider.openai.Completion.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
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

    private final OutboundHttp http;
    private final CallCheck check;
    private final OpenAiConfig config;

    OpenAiEngine(OutboundHttp http, CallCheck check, OpenAiConfig config) {
        this.http = http;
        this.check = check;
        this.config = config;
    }

    @Override
    public String scheme() {
        return "openai";
    }

    @Override
    public Uni<Answer> answer(Turn turn) {
        Endpoint endpoint = Endpoint.of(turn.assistant(), config);
        Prompt prompt = Prompt.of(turn);
        UrlSource giver = endpoint.isOperators() ? new UrlSource.Operator() : new UrlSource.Client(turn.clientId());
        Model model = new Model(endpoint, giver);
        return ask(model, prompt)
                .chain(first -> isSound(turn.assistant(), first)
                        ? Uni.createFrom().item(answerOf(first, first.tokens()))
                        : askAgain(turn.assistant(), model, prompt, first));
    }

    /** Whom to ask, and who gave the address. */
    private record Model(Endpoint endpoint, UrlSource giver) {}

    private Uni<Answer> askAgain(AssistantSetup assistant, Model model, Prompt prompt, Completion first) {
        first.calls().forEach(call -> {
            String wrong = objection(assistant, call).orElse(HELD_BACK);
            JsonObject arguments = call.arguments() == null ? new JsonObject() : call.arguments();
            prompt.add(call.id(), call.tool(), arguments, Prompt.error(wrong));
        });
        return ask(model, prompt).map(second -> {
            long tokens = first.tokens() + second.tokens();
            return isSound(assistant, second) ? answerOf(second, tokens) : new Answer.GaveUp(tokens);
        });
    }

    private Uni<Completion> ask(Model model, Prompt prompt) {
        Endpoint endpoint = model.endpoint();
        return http.exchange(new HttpCall(
                        "POST",
                        endpoint.url(),
                        endpoint.headers(),
                        prompt.body(endpoint.model()).toBuffer(),
                        config.timeLimit(),
                        model.giver()))
                .map(OpenAiEngine::read);
    }

    private static Completion read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw Refusal.of(answer);
        }
        return Completion.of(answer.body().toString(StandardCharsets.UTF_8));
    }

    private boolean isSound(AssistantSetup assistant, Completion completion) {
        return completion.handOff().isPresent()
                || completion.calls().stream()
                        .allMatch(call -> objection(assistant, call).isEmpty());
    }

    private Optional<String> objection(AssistantSetup assistant, Call call) {
        return call.arguments() == null
                ? Optional.of(NOT_AN_OBJECT)
                : check.objection(assistant, new ToolCall(call.tool(), call.arguments(), call.id()));
    }

    private static Answer answerOf(Completion completion, long tokens) {
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
    private static String farewell(Completion completion, Call handOff) {
        Object given = handOff.arguments() == null ? null : handOff.arguments().getValue(Prompt.HAND_OFF_TEXT);
        String text = given instanceof String said ? Completion.speakable(said) : null;
        return text == null ? completion.text() : text;
    }
}
