package dev.comuta.channel;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.RowConstraints;
import jakarta.inject.Singleton;

/** Maps violated constraints of this room's tables to problems. */
@Singleton
class ChannelConstraints implements RowConstraints {

    @Override
    public Problem broken(String constraint) {
        return switch (constraint) {
            case "communicationchannels_number_in_client" ->
                Problem.of(
                        ProblemType.CONFLICT,
                        "the client already has a channel with this channelType and channelIdentifier");
            case "communicationchannels_active_number" ->
                Problem.of(
                        ProblemType.CONFLICT, "an active channel already has this channelType and channelIdentifier");
            case "communicationchannels_active_provider_id" ->
                Problem.of(ProblemType.CONFLICT, "an active channel already has this providerId");
            case "templates_name" ->
                Problem.of(ProblemType.CONFLICT, "the channel already has a template with this name and language");
            case "communicationchannels_clientid_defaultuserid_fkey" ->
                Problem.invalid("defaultUserId", "is not a user of this client");
            case "communicationchannels_clientid_assistantid_fkey" ->
                Problem.invalid("assistantId", "is not an assistant of this client");
            default -> null;
        };
    }
}
