package dev.comuta.assistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.Secrets;
import jakarta.enterprise.context.ApplicationScoped;

/** How a tool's authentication is kept: its JSON object, sealed. */
@ApplicationScoped
class Credentials {

    private final Secrets secrets;
    private final ObjectMapper json;

    Credentials(Secrets secrets, ObjectMapper json) {
        this.secrets = secrets;
        this.json = json;
    }

    /** Null stays null. */
    String seal(Authentication authentication) {
        try {
            return authentication == null ? null : secrets.seal(json.writeValueAsString(authentication));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an authentication is a record of texts", e);
        }
    }

    /** Null stays null. */
    Authentication open(String sealed) {
        try {
            return sealed == null ? null : json.readValue(secrets.open(sealed), Authentication.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored credentials are not what seal wrote", e);
        }
    }
}
