package dev.comuta.message;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.platform.problem.Problem.Violation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A provider that accepts every content, keeps the requests, and answers as the test says. */
final class TestSender implements MessageSender {

    /** The requests, in their order. */
    final List<OutgoingMessage> requests = new ArrayList<>();

    /** The answer to a request; the default accepts it. */
    Function<OutgoingMessage, Uni<String>> answer = message -> Uni.createFrom().item("id-" + message.reference());

    private final Provider provider;
    private Duration timeLimit = Duration.ofSeconds(1);
    private int maxText = 1_000;
    private boolean paced;
    private boolean hasWindow;

    private TestSender(String provider) {
        this.provider = Provider.of(provider);
    }

    /** A provider without limits. */
    static TestSender of(String provider) {
        return new TestSender(provider);
    }

    TestSender withTimeLimit(Duration limit) {
        timeLimit = limit;
        return this;
    }

    TestSender withLongestText(int characters) {
        maxText = characters;
        return this;
    }

    TestSender withPace() {
        paced = true;
        return this;
    }

    TestSender withWindow() {
        hasWindow = true;
        return this;
    }

    /** Every request fails with this from now on. */
    void refuse(Throwable refusal) {
        answer = message -> Uni.createFrom().failure(refusal);
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public Duration timeLimit() {
        return timeLimit;
    }

    @Override
    public int maxText() {
        return maxText;
    }

    @Override
    public boolean isPaced() {
        return paced;
    }

    @Override
    public boolean hasWindow() {
        return hasWindow;
    }

    @Override
    public Violation objection(Content content) {
        return null;
    }

    @Override
    public Uni<String> send(OutgoingMessage message) {
        requests.add(message);
        return answer.apply(message);
    }
}
