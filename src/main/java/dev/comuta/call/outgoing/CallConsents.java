package dev.comuta.call.outgoing;

import dev.comuta.channel.ChannelTypes;
import dev.comuta.people.ConsentStatus;
import dev.comuta.people.Consents;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether an end user wants to be called: the same rule as of messages that the company begins. */
@ApplicationScoped
class CallConsents {

    /** Purpose of the consent to calls. */
    private static final String CALLS = "Chamada";

    private final Consents consents;

    CallConsents(Consents consents) {
        this.consents = consents;
    }

    /** The same, and over WhatsApp the permission that WhatsApp wants from the end user. */
    Uni<Void> require(Tx tx, long clientId, CalledPerson person) {
        return require(tx, clientId, person.endUserId())
                .chain(() -> Unis.when(person.overWhatsApp(), () -> requirePermission(tx, clientId, person)));
    }

    private Uni<Void> requirePermission(Tx tx, long clientId, CalledPerson person) {
        return consents.status(tx, clientId, person.endUserId(), ChannelTypes.WHATSAPP, CALLS)
                .invoke(status -> {
                    if (status != ConsentStatus.GRANTED) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "the end user has not permitted calls over WhatsApp; record the permission as a consent of the channel type 'WhatsApp' for the purpose '"
                                        + CALLS + "'");
                    }
                })
                .replaceWithVoid();
    }

    /** Fails with a conflict when the end user opted out. */
    Uni<Void> require(Tx tx, long clientId, long endUserId) {
        return consents.status(tx, clientId, endUserId, ChannelTypes.VOICE_CALL, CALLS)
                .invoke(status -> {
                    if (status == ConsentStatus.REVOKED) {
                        throw Problem.of(
                                ProblemType.CONSENT_REVOKED,
                                "the end user opted out; only the end user's opt-in, or a consent that is recorded for them, allows a call");
                    }
                })
                .replaceWithVoid();
    }
}
