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

    /**
     * Credentials as a row has them.
     *
     * @param text null for none
     * @param account the client's account, which the provider's webhooks name; null when they name none
     */
    record Sealed(String text, String account) {}

    Sealed seal(Provider provider, Map<String, Object> credentials) {
        String text = credentials == null || credentials.isEmpty()
                ? null
                : secrets.seal(new JsonObject(credentials).encode());
        return new Sealed(text, provider.accountIn(credentials));
    }

    JsonObject open(String sealed) {
        return sealed == null ? null : new JsonObject(secrets.open(sealed));
    }

    Map<String, Object> openMap(String sealed) {
        return sealed == null ? null : open(sealed).getMap();
    }
}
