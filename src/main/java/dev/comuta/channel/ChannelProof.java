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
 * Makes a number active whose provider says that it is the client's. The provider is asked between two transactions: what
 * was asked about must still stand in the second. A 'Gateway' has nobody who could be asked: an answer from outboundUrl
 * proves who has that address, not who has the number. There the platform's administrator decides.
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
     * The channel, 'Ativo' when its credentials read its number. It stays 'Pendente', with an alert, when the number is
     * active at another client. Fails with a conflict that says what speaks against it; as unavailable when the provider
     * could not be asked.
     */
    <V> Uni<RestResponse<V>> verify(ChannelRef ref, IdempotentResponse<Revision<ChannelView>, V> once) {
        return channels.candidate(ref)
                .chain(candidate -> ActivationStatus.ACTIVE.equals(candidate.status())
                        ? channels.unchanged(ref, once)
                        : ask(candidate).chain(() -> channels.activate(ref, candidate.version(), once)));
    }

    private Uni<Void> ask(Candidate candidate) {
        ChannelProbe probe = probes.get(candidate.provider());
        if (probe == null || ActivationStatus.INACTIVE.equals(candidate.status())) {
            String why = probe == null
                    ? "a number of " + candidate.provider() + " is set 'Ativo' with a platform key"
                    : "the channel is 'Inativo'";
            return Uni.createFrom().failure(Problem.of(ProblemType.CONFLICT, why));
        }
        return probe.readsNumber(candidate.channel(), config.proofTimeLimit())
                .ifNoItem()
                .after(config.proofTimeLimit())
                .failWith(() -> new TransientFailure("no answer in time"))
                .onFailure()
                .transform(ChannelProof::told)
                .map(ChannelProof::requireProved);
    }

    private static Throwable told(Throwable failure) {
        return switch (failure) {
            case PermanentFailure no ->
                Problem.of(ProblemType.CONFLICT, "the number is not proved: " + no.getMessage());
            case TransientFailure away -> Problem.unavailable("the provider did not answer", away);
            default -> failure;
        };
    }

    private static Void requireProved(boolean reads) {
        if (!reads) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "the number is not proved: the credentials do not give access to it at the provider");
        }
        return null;
    }
}
