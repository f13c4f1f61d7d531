package dev.comuta.provider.gateway;

import dev.comuta.channel.Provider;
import dev.comuta.channel.setup.SetupCheck;
import dev.comuta.channel.setup.SetupStep;
import dev.comuta.channel.setup.StepName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** The set-up of a gateway: the platform confirmed the number, its address answers, and it delivered something. */
@ApplicationScoped
class GatewaySetup implements SetupCheck {

    private static final int SERVER_ERROR = 500;

    private final GatewayApi api;

    GatewaySetup(GatewayApi api) {
        this.api = api;
    }

    @Override
    public Provider provider() {
        return GatewayProvider.GATEWAY;
    }

    @Override
    public Uni<List<SetupStep>> check(CheckedChannel checked, Duration timeLimit) {
        return outbound(checked, timeLimit)
                .map(outbound -> List.of(number(checked), outbound, SetupStep.webhook(checked.lastWebhookAt())));
    }

    private static SetupStep number(CheckedChannel checked) {
        return checked.active()
                ? SetupStep.done(StepName.NUMBER, "The platform confirmed the number.")
                : SetupStep.missing(
                        StepName.NUMBER, "Ask the administrators of the platform to set the channel `Ativo`.");
    }

    private Uni<SetupStep> outbound(CheckedChannel checked, Duration timeLimit) {
        return checked.channel().outboundUrl() == null
                ? Uni.createFrom()
                        .item(SetupStep.missing(
                                StepName.OUTBOUND, "Set `outboundUrl` to the address that sends messages."))
                : api.status(checked.channel(), timeLimit)
                        .map(GatewaySetup::answered)
                        .onFailure()
                        .recoverWithItem(failure -> SetupStep.missing(
                                StepName.OUTBOUND,
                                "`outboundUrl` does not answer (" + failure.getMessage()
                                        + "). Make it reachable from the internet, with HTTPS."));
    }

    /** The address need not accept a GET, which sends no message; it only has to answer. */
    private static SetupStep answered(int status) {
        return status < SERVER_ERROR
                ? SetupStep.done(StepName.OUTBOUND, "`outboundUrl` answers.")
                : SetupStep.missing(
                        StepName.OUTBOUND, "`outboundUrl` answers with the error " + status + ". Repair that system.");
    }
}
