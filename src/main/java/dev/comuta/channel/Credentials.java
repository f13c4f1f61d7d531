package dev.comuta.channel;

import dev.comuta.platform.secret.Secrets;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** How a channel's credentials at its provider are kept: a JSON object, sealed. Null stays null in each direction. */
@ApplicationScoped
class Credentials {

    private final Secrets secrets;

    Credentials(Secrets secrets) {
        this.secrets = secrets;
    }

    String seal(Map<String, Object> credentials) {
        return credentials == null || credentials.isEmpty() ? null : secrets.seal(new JsonObject(credentials).encode());
    }

    JsonObject open(String sealed) {
        return sealed == null ? null : new JsonObject(secrets.open(sealed));
    }

    Map<String, Object> openMap(String sealed) {
        return sealed == null ? null : open(sealed).getMap();
    }
}
