package dev.comuta.channel;

import dev.comuta.channel.ChannelService.Candidate;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
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
public class ChannelProof {

    private static final String NO_ACCESS = "the credentials do not give access to the number at the provider";

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
     * The answer of the provider.
     *
     * @param version the version of the channel that was proved
     * @param proved whether the number is the client's, now or before
     * @param changes whether the channel is to be set 'Ativo'
     * @param reason why the number is not proved; null when it is
     */
    public record Proof(int version, boolean proved, boolean changes, String reason) {

        private static Proof no(Candidate candidate, String reason) {
            return new Proof(candidate.version(), false, false, reason);
        }
    }

    /**
     * Asks the provider whether the channel's credentials give access to its number. Fails as unavailable when the
     * provider cannot be reached.
     */
    public Uni<Proof> ask(ChannelRef ref) {
        return channels.candidate(ref)
                .chain(candidate -> ActivationStatus.ACTIVE.equals(candidate.status())
                        ? Uni.createFrom().item(new Proof(candidate.version(), true, false, null))
                        : ask(candidate));
    }

    /**
     * The channel, 'Ativo' when its number was proved. It stays 'Pendente', with an alert, when the number is active at
     * another client. Fails with a conflict when the channel was changed after its number was proved.
     *
     * @param as what is returned of the channel
     */
    public <R, V> Uni<RestResponse<V>> conclude(
            ChannelRef ref, Proof proof, Function<Revision<ChannelView>, R> as, IdempotentResponse<R, V> once) {
        return proof.changes() ? channels.activate(ref, proof.version(), as, once) : channels.unchanged(ref, as, once);
    }

    private Uni<Proof> ask(Candidate candidate) {
        ChannelProbe probe = probes.get(candidate.provider());
        if (probe == null || ActivationStatus.INACTIVE.equals(candidate.status())) {
            String reason = probe == null
                    ? "a channel of " + candidate.provider() + " is set 'Ativo' with a platform key"
                    : "the channel is 'Inativo'";
            return Uni.createFrom().item(Proof.no(candidate, reason));
        }
        return probe.readsNumber(candidate.channel(), config.proofTimeLimit())
                .ifNoItem()
                .after(config.proofTimeLimit())
                .failWith(() -> new TransientFailure("no answer in time"))
                .onFailure(TransientFailure.class)
                .transform(noAnswer -> Problem.unavailable("the provider did not answer", noAnswer))
                .map(reads -> reads ? new Proof(candidate.version(), true, true, null) : Proof.no(candidate, NO_ACCESS))
                .onFailure(PermanentFailure.class)
                .recoverWithItem(rejected -> Proof.no(candidate, rejected.getMessage()));
    }
}
