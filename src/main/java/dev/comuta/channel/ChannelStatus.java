package dev.comuta.channel;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of CommunicationChannels.Status. */
@Schema(
        name = "ChannelStatus",
        type = SchemaType.STRING,
        enumeration = {ChannelStatus.ACTIVE, ChannelStatus.PENDING, ChannelStatus.INACTIVE},
        description =
                "State of a channel: `Ativo` (sends and receives), `Pendente` (registered; the number is not proved yet) or `Inativo` (out of use; kept because other records refer to it)")
final class ChannelStatus {
    static final String ACTIVE = "Ativo";
    static final String PENDING = "Pendente";
    static final String INACTIVE = "Inativo";

    /** The values that a request may contain. */
    static final String PATTERN = ACTIVE + "|" + PENDING + "|" + INACTIVE;

    private ChannelStatus() {}
}
