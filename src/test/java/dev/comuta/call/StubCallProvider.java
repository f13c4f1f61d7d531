package dev.comuta.call;

import dev.comuta.call.state.CallNews;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A provider of calls that records what it is asked for. */
public final class StubCallProvider implements CallProvider {

    /** The provider of the test's channel. */
    public static final Provider GATEWAY = Provider.of("Gateway", ChannelTypes.VOICE_CALL);

    /** What becomes of a request to dial. */
    public enum Answer {
        ACCEPTS,
        /** The request times out after the provider accepted it. */
        ACCEPTS_AND_IS_SILENT,
        /** The same at a provider whose request must not be repeated. */
        ACCEPTS_AND_IS_UNKNOWN,
        /** The request times out, and the provider never got it. */
        IS_SILENT
    }

    private final List<OutgoingCall> dialed = new ArrayList<>();
    private final List<CallCommand> commands = new ArrayList<>();
    private Answer answer = Answer.ACCEPTS;
    private RuntimeException failure;
    private boolean supportsAll = true;

    /** The calls that were accepted. */
    public List<OutgoingCall> dialed() {
        return List.copyOf(dialed);
    }

    /** The commands that were carried out. */
    public List<CallCommand> commands() {
        return List.copyOf(commands);
    }

    /** The next requests to dial are answered so. */
    public void answers(Answer next) {
        answer = next;
    }

    /** The next request fails so. */
    public void fails(RuntimeException next) {
        failure = next;
    }

    /** It can only end calls, or everything. */
    public void supportsAll(boolean all) {
        supportsAll = all;
    }

    @Override
    public Provider provider() {
        return GATEWAY;
    }

    @Override
    public Duration requestLimit() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Uni<String> dial(OutgoingCall call) {
        if (failure != null) {
            return Uni.createFrom().failure(failed());
        }
        if (answer != Answer.IS_SILENT) {
            dialed.add(call);
        }
        return switch (answer) {
            case ACCEPTS -> Uni.createFrom().item("CA-" + call.ref().callId());
            case ACCEPTS_AND_IS_UNKNOWN -> Uni.createFrom().failure(new UnknownOutcome("no response", null));
            case ACCEPTS_AND_IS_SILENT, IS_SILENT -> Uni.createFrom().failure(TransientFailure.unanswered(null));
        };
    }

    private RuntimeException failed() {
        RuntimeException now = failure;
        failure = null;
        return now;
    }

    @Override
    public Uni<String> find(OutgoingCall call) {
        boolean known = dialed.stream().anyMatch(made -> made.ref().equals(call.ref()));
        return Uni.createFrom().item(known ? "CA-" + call.ref().callId() : null);
    }

    @Override
    public Uni<CallReport> ask(ProviderCall call) {
        return Uni.createFrom().item(CallReport.of(CallNews.nothing()));
    }

    @Override
    public boolean supports(CallCommand command) {
        return supportsAll || command instanceof CallCommand.HangUp;
    }

    @Override
    public Uni<Void> command(ProviderCall call, CallCommand command) {
        if (failure != null) {
            return Uni.createFrom().failure(failed());
        }
        commands.add(command);
        return Uni.createFrom().completionStage(CompletableFuture.completedFuture(null));
    }
}
