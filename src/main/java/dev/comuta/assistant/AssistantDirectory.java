package dev.comuta.assistant;

import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** tmp. */
@ApplicationScoped
public class AssistantDirectory {
    /** tmp. */
    public Uni<AssistantSetup> find(Tx tx, long clientId, long assistantId) {
        return Uni.createFrom().nullItem();
    }
}
