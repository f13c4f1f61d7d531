package dev.comuta.provider.meta;

import io.vertx.core.json.JsonObject;

/** The number of a channel at Meta, and its access token. */
record MetaAccount(String phoneNumberId, String accessToken) {

    /** The cause of a failure for a channel without an account. */
    static final String MISSING = "the channel has no providerId or no accessToken";

    private static final String ACCESS_TOKEN = "accessToken";

    /** Null when a part is missing or invalid. */
    static MetaAccount of(String providerId, JsonObject credentials) {
        return providerId != null
                        && providerId.matches("[0-9]+")
                        && credentials != null
                        && credentials.getValue(ACCESS_TOKEN) instanceof String token
                ? new MetaAccount(providerId, token)
                : null;
    }

    @Override
    public String toString() {
        return "MetaAccount[phoneNumberId=" + phoneNumberId + "]";
    }
}
