package dev.comuta.channel;

import dev.comuta.platform.openapi.ApiValueSets;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A type of channel. The room that adds it declares it as a CDI bean (a static producer field); no other code lists
 * the types.
 *
 * @param stored the stored name, as in CommunicationChannels.ChannelType
 */
@Schema(
        name = "ChannelType",
        type = SchemaType.STRING,
        description = "Type of channel.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public record ChannelType(String stored) {}
