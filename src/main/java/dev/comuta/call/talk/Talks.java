package dev.comuta.call.talk;

import dev.comuta.call.CallRef;
import dev.comuta.platform.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Placeholder. */
@ApplicationScoped
public class Talks {

    public record Turn(CallRef call, List<Line> lines, Next next) {
        public enum Next {
            GO_ON,
            HAND_OVER,
            CALL_OVER
        }
    }

    public record Line(long messageId, String text) {}

    public Uni<Talk> open(CallRef call, long channelId, String place, UUID holder) {
        return Uni.createFrom().failure(Problem.notFound("call"));
    }

    public Uni<Void> begun(Talk talk) {
        return Uni.createFrom().voidItem();
    }

    public Uni<Void> hear(Talk talk, String id, String text) {
        return Uni.createFrom().voidItem();
    }

    public Uni<List<Turn>> poll(UUID holder) {
        return Uni.createFrom().item(List.of());
    }

    public Uni<Void> interrupted(Talk talk, long messageId, String heard) {
        return Uni.createFrom().voidItem();
    }

    public Uni<Void> close(Talk talk) {
        return Uni.createFrom().voidItem();
    }
}
