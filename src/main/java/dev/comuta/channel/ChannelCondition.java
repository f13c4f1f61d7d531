package dev.comuta.channel;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the provider says about a channel, with its stored value (CommunicationChannels.Condition). */
@Schema(
        name = "ChannelCondition",
        type = SchemaType.STRING,
        enumeration = {"Normal", "Restrito", "Bloqueado"},
        description =
                "What the provider reports about a channel: `Normal` (no problem), `Restrito` (it sends less, for example after complaints) or `Bloqueado` (it does not send: the account is banned, or the credentials are no longer valid)")
public enum ChannelCondition {
    NORMAL("Normal"),
    LIMITED("Restrito"),
    BROKEN("Bloqueado");

    private final String stored;

    ChannelCondition(String stored) {
        this.stored = stored;
    }

    /** The value in CommunicationChannels.Condition. */
    String stored() {
        return stored;
    }
}
