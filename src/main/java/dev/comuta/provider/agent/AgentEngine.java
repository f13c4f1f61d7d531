package dev.comuta.provider.agent;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.EngineCredentials;
import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.AssistantEngine;
import dev.comuta.assistant.turn.CallCheck;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.HttpCall;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.http.UrlSource;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.webhook.StandardWebhook;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The engine {@code http:<url>}: sends the turn to the client's own agent, in a POST that is signed with
 * {@code credentials.secret}. Attempts of one turn with the same messages have the same {@code webhook-id}, by which an
 * agent recognizes a retry. An answer that breaks the contract fails permanently, because a retry would get the same.
 */
@ApplicationScoped
class AgentEngine implements AssistantEngine {

    private final OutboundHttp http;
    private final CallCheck check;
    private final AgentConfig config;
    private final Clock clock;

    AgentEngine(OutboundHttp http, CallCheck check, AgentConfig config, Clock clock) {
        this.http = http;
        this.check = check;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public Uni<Answer> answer(Turn turn) {
        EngineCredentials credentials = turn.assistant().credentials();
        if (credentials == null || credentials.secret() == null) {
            throw new PermanentFailure("credentials.secret, which signs the turns for the client's agent, is missing");
        }
        Buffer body = AgentTurn.of(turn).toBuffer();
        String url = AssistantSetup.agentUrl(turn.assistant().implementationReference());
        UrlSource client = new UrlSource.Client(turn.clientId());
        return http.exchange(
                        new HttpCall("POST", url, headers(turn, credentials, body), body, config.timeLimit(), client))
                .map(AgentEngine::read)
                .call(answer -> answer instanceof Answer.ToolCalls needed
                        ? requireValid(turn, needed)
                        : Uni.createFrom().voidItem());
    }

    private static Answer read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw answer.refusal();
        }
        return AgentAnswer.read(answer.text());
    }

    private Map<String, String> headers(Turn turn, EngineCredentials credentials, Buffer body) {
        String id = "turn_" + turn.turnId() + "_" + turn.unanswered().getLast().messageId();
        return StandardWebhook.headers(credentials.secret(), id, clock.instant(), body.getBytes());
    }

    private Uni<Void> requireValid(Turn turn, Answer.ToolCalls needed) {
        return check.objections(turn.clientId(), turn.assistant(), needed.calls())
                .invoke(errors -> errors.stream().flatMap(Optional::stream).forEach(error -> {
                    throw new PermanentFailure("the agent's tool call is invalid: " + error);
                }))
                .replaceWithVoid();
    }
}
