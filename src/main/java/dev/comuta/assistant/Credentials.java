package dev.comuta.assistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;

/** How what a tool or an engine authenticates with is kept: its JSON object, sealed. */
@ApplicationScoped
class Credentials {

    private final Secrets secrets;
    private final ObjectMapper json;

    Credentials(Secrets secrets, ObjectMapper json) {
        this.secrets = secrets;
        this.json = json;
    }

    /** Null stays null. */
    String seal(Record credentials) {
        try {
            return credentials == null ? null : secrets.seal(json.writeValueAsString(credentials));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("credentials are a record of texts", e);
        }
    }

    /** Null stays null. */
    <T extends Record> T open(String sealed, Class<T> type) {
        try {
            return sealed == null ? null : json.readValue(secrets.open(sealed), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored credentials are not what seal wrote", e);
        }
    }
}
