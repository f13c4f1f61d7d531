package dev.comuta.channel;

import dev.comuta.channel.ChannelService.Candidate;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.Revision;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Activates a channel when its provider confirms that the number belongs to the client. The provider is asked between
 * two transactions; the second fails when the channel was changed after the first. A number of a 'Gateway' cannot be
 * proved: a response from outboundUrl proves the ownership of that address, not of the number. Only the platform
 * activates it.
 */
@ApplicationScoped
class ChannelProof {

    private final Map<String, ChannelProbe> probes;
    private final ChannelService channels;
    private final ChannelConfig config;

    ChannelProof(@All List<ChannelProbe> probes, ChannelService channels, ChannelConfig config) {
        this.probes = probes.stream()
                .collect(Collectors.toMap(probe -> probe.provider().stored(), Function.identity()));
        this.channels = channels;
        this.config = config;
    }

    /**
     * The channel, 'Ativo' when its credentials give access to its number. It stays 'Pendente', with an alert, when the
     * number is active at another client. Fails with a conflict that gives the reason when the number is not proved.
     * Fails as unavailable when the provider cannot be reached.
     */
    <V> Uni<RestResponse<V>> verify(ChannelRef ref, IdempotentResponse<Revision<ChannelView>, V> once) {
        return channels.candidate(ref)
                .chain(candidate -> ActivationStatus.ACTIVE.equals(candidate.status())
                        ? channels.unchanged(ref, once)
                        : prove(candidate).chain(() -> channels.activate(ref, candidate.version(), once)));
    }

    private Uni<Void> prove(Candidate candidate) {
        ChannelProbe probe = probes.get(candidate.provider());
        if (probe == null || ActivationStatus.INACTIVE.equals(candidate.status())) {
            String reason = probe == null
                    ? "a channel of " + candidate.provider() + " is set 'Ativo' with a platform key"
                    : "the channel is 'Inativo'";
            return Uni.createFrom().failure(Problem.of(ProblemType.CONFLICT, reason));
        }
        return probe.readsNumber(candidate.channel(), config.proofTimeLimit())
                .ifNoItem()
                .after(config.proofTimeLimit())
                .failWith(() -> new TransientFailure("no answer in time"))
                .onFailure()
                .transform(ChannelProof::problemOf)
                .map(ChannelProof::requireProved);
    }

    private static Throwable problemOf(Throwable failure) {
        return switch (failure) {
            case PermanentFailure rejected ->
                Problem.of(ProblemType.CONFLICT, "the number is not proved: " + rejected.getMessage());
            case TransientFailure noAnswer -> Problem.unavailable("the provider did not answer", noAnswer);
            default -> failure;
        };
    }

    private static Void requireProved(boolean proved) {
        if (!proved) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "the number is not proved: the credentials do not give access to it at the provider");
        }
        return null;
    }
}
