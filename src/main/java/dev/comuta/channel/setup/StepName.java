package dev.comuta.channel.setup;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The steps of the set-up of a channel. */
@Schema(
        name = "SetupStepName",
        description =
                "Step of the set-up: `credenciais` (the provider accepts the credentials), `número` (the number is the account's), `conta` (the number belongs to the given account), `registro` (the number is registered to send), `assinatura` (the account's webhooks go to the app), `endereço` (the provider has the address of the webhooks), `campos` (the webhooks that are subscribed), `saída` (the system at `outboundUrl` answers) or `webhook` (a delivery arrived)")
public enum StepName {
    CREDENTIALS("credenciais"),
    NUMBER("número"),
    ACCOUNT("conta"),
    REGISTRATION("registro"),
    SUBSCRIPTION("assinatura"),
    ADDRESS("endereço"),
    FIELDS("campos"),
    OUTBOUND("saída"),
    WEBHOOK("webhook");

    private final String word;

    StepName(String word) {
        this.word = word;
    }

    /** The word of the API. */
    @JsonValue
    public String word() {
        return word;
    }
}
