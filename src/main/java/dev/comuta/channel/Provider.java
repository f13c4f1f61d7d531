package dev.comuta.channel;

import dev.comuta.platform.openapi.ApiValueSets;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A provider of channels. The vendor's room declares it as a CDI bean (a static producer field); no other code lists
 * the providers.
 *
 * @param stored the stored name, as in CommunicationChannels.Provider
 * @param channelTypes the types of channel that it carries
 */
@Schema(
        name = "Provider",
        type = SchemaType.STRING,
        description =
                "Company or system that carries the messages of a channel. `Gateway` is your own system, addressed by signed JSON.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public record Provider(String stored, Set<ChannelType> channelTypes) {

    public Provider {
        channelTypes = Set.copyOf(channelTypes);
    }

    /** A provider that carries these types of channel. */
    public static Provider of(String stored, ChannelType... channelTypes) {
        return new Provider(stored, Set.of(channelTypes));
    }
}
