package dev.comuta.provider.livekit;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.channel.setup.SetupCheck;
import dev.comuta.channel.setup.SetupStep;
import dev.comuta.channel.setup.StepName;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitTrunk;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The set-up of a number at LiveKit: credentials, outbound trunk, and the deliveries of webhooks. The numbers of a trunk
 * are what its owner wrote there, so a trunk is no proof: only the platform confirms the number.
 */
@ApplicationScoped
class LiveKitSetup implements SetupCheck {

    private final LiveKitApi api;

    LiveKitSetup(LiveKitApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return LiveKitProvider.LIVEKIT;
    }

    @Override
    public Uni<List<SetupStep>> check(CheckedChannel checked, Duration timeLimit) {
        OutboundChannel channel = checked.channel();
        LiveKitAccount account = LiveKitAccount.of(channel.ref().clientId(), channel.credentials());
        Uni<List<SetupStep>> steps = account == null
                ? Uni.createFrom()
                        .item(
                                List.of(
                                        SetupStep.missing(
                                                StepName.CREDENTIALS,
                                                "Set `credentials.url`, `credentials.apiKey` and `credentials.apiSecret` to those of the project.")))
                : api.trunks(account, channel.channelIdentifier(), timeLimit)
                        .map(trunks -> ofTrunks(channel, trunks))
                        .onFailure()
                        .recoverWithItem(LiveKitSetup::refused);
        return steps.map(found -> Stream.concat(
                        found.stream(), Stream.of(confirmed(checked), SetupStep.webhook(checked.lastWebhookAt())))
                .toList());
    }

    private static List<SetupStep> ofTrunks(OutboundChannel channel, List<LiveKitTrunk> trunks) {
        SetupStep accepted = SetupStep.done(StepName.CREDENTIALS, "LiveKit accepts the API key and its secret.");
        return List.of(accepted, trunk(channel, trunks));
    }

    private static SetupStep trunk(OutboundChannel channel, List<LiveKitTrunk> trunks) {
        if (trunks.isEmpty()) {
            return SetupStep.missing(
                    StepName.REGISTRATION,
                    "The project has no outbound trunk with this number. Create one, with the number in E.164.");
        }
        String ids = trunks.stream().map(LiveKitTrunk::id).collect(Collectors.joining(", "));
        return trunks.stream().anyMatch(trunk -> trunk.id().equals(channel.sipTrunkId()))
                ? SetupStep.done(StepName.REGISTRATION, "The outbound trunk has the number.")
                : SetupStep.missing(
                        StepName.REGISTRATION, "Set `sipTrunkId` to the outbound trunk with the number: " + ids + ".");
    }

    private static SetupStep confirmed(CheckedChannel checked) {
        return checked.active()
                ? SetupStep.done(StepName.NUMBER, "The platform confirmed the number.")
                : SetupStep.missing(
                        StepName.NUMBER, "Ask the administrators of the platform to set the channel `Ativo`.");
    }

    private static List<SetupStep> refused(Throwable failure) {
        return List.of(
                failure instanceof PermanentFailure
                        ? SetupStep.missing(
                                StepName.CREDENTIALS,
                                "The request to LiveKit failed (" + failure.getMessage()
                                        + "). Copy `url`, `apiKey` and `apiSecret` once more.")
                        : SetupStep.unknown(StepName.CREDENTIALS, "LiveKit did not answer. Verify once more."),
                SetupStep.unknown(StepName.REGISTRATION, "LiveKit did not list the trunks of the project."));
    }
}
