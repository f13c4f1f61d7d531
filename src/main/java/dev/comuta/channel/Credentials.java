package dev.comuta.channel;

import dev.comuta.platform.secret.Secrets;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Seals and opens the credentials of a channel at its provider, stored as encrypted JSON. Null stays null. */
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
