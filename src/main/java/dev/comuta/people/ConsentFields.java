package dev.comuta.people;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an end user said about being contacted.
 *
 * @param channelType the word of a declared {@link dev.comuta.channel.ChannelType}; left out for every kind of channel
 * @param purpose a word of the client's own, for example 'Marketing'; left out for every purpose
 * @param status 'Concedido' or 'Revogado'
 * @param source how it was said: 'Formulário', 'Contrato', 'Telefone', 'Mensagem', 'Importação'
 */
record ConsentFields(
        @Schema(examples = "WhatsApp") String channelType,

        @Pattern(regexp = "\\p{L}[\\p{L} -]{0,59}") @Schema(examples = "Marketing")
        String purpose,

        @NotNull @Pattern(regexp = "Concedido|Revogado") @Schema(examples = "Concedido")
        String status,

        @NotNull @Pattern(regexp = "Formulário|Contrato|Telefone|Mensagem|Importação") @Schema(examples = "Formulário")
        String source) {}
