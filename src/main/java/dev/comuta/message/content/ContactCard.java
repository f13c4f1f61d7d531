package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A contact card in a message. A field that the card does not have is null or empty. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "ContactCard", description = "A contact card. Fields that the card does not have are absent.")
public record ContactCard(
        @Schema(description = "Full name", examples = "Maria da Silva")
        String name,

        @Schema(description = "Company", examples = "Imobiliária Horizonte")
        String organization,

        @Schema(description = "Phone numbers, as the card spells them", examples = "[\"+55 11 99876-5432\"]")
        List<String> phones,

        @Schema(description = "E-mail addresses", examples = "[\"maria@example.com\"]")
        List<String> emails) {

    /** The lists are never null. */
    public ContactCard {
        phones = phones == null ? List.of() : List.copyOf(phones);
        emails = emails == null ? List.of() : List.copyOf(emails);
    }
}
