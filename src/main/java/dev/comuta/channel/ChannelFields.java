package dev.comuta.channel;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What may be said about a channel.
 *
 * @param channelType the word of a declared {@link ChannelType}, one that the provider carries
 * @param channelIdentifier the number, in any usual spelling; stored in E.164
 * @param status with the platform key 'Ativo' when left out; with a client's key 'Pendente' until the number is proved
 * @param provider the word of a declared {@link Provider}; the configured default when left out
 * @param providerId the provider's own id of the number, for example Meta's phone_number_id
 * @param outboundUrl where 'Gateway' posts outgoing messages
 * @param defaultUserId the broker of new end users, an internal user of the same client
 * @param assistantId who answers, an assistant associated to the client
 * @param credentials what the provider wants to see: for 'Meta' accessToken, for 'Twilio' accountSid, authToken and, during a rotation,
 *     previousAuthToken; kept sealed, never returned
 */
record ChannelFields(
        @NotNull @Schema(examples = "WhatsApp") String channelType,

        @NotBlank @Size(max = 40) @Schema(examples = "+5511999999999")
        String channelIdentifier,

        @Pattern(regexp = "Ativo|Pendente|Inativo") @Schema(examples = "Ativo")
        String status,

        @Schema(examples = "Gateway") String provider,

        @Size(max = 200) String providerId,

        @Size(max = 2000) @Schema(examples = "https://gateway.example.com/messages")
        String outboundUrl,

        @Size(max = 200) @Schema(examples = "Trunk_X") String sipTrunkId,

        Long defaultUserId,
        Long assistantId,

        @Size(max = 20) @Schema(writeOnly = true) Map<String, Object> credentials) {

    @Override
    public String toString() {
        return "ChannelFields[channelType=" + channelType + ", provider=" + provider + "]";
    }
}
