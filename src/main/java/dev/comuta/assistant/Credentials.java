package dev.comuta.assistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;

/** Seals and opens the credentials of tools and engines, which are stored as encrypted JSON. Null stays null. */
@ApplicationScoped
class Credentials {

    private final Secrets secrets;
    private final ObjectMapper json;

    Credentials(Secrets secrets, ObjectMapper json) {
        this.secrets = secrets;
        this.json = json;
    }

    String seal(Record credentials) {
        try {
            return credentials == null ? null : secrets.seal(json.writeValueAsString(credentials));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the credentials cannot be written as JSON", e);
        }
    }

    <T extends Record> T open(String sealed, Class<T> type) {
        try {
            return sealed == null ? null : json.readValue(secrets.open(sealed), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored credentials cannot be read", e);
        }
    }
}
