package dev.comuta.provider.meta;

import io.vertx.core.json.JsonObject;

/** A channel's phone number id at Meta, and its access token. */
record MetaAccount(String phoneNumberId, String accessToken) {

    /** Failure text for a channel whose account is incomplete or invalid. */
    static final String MISSING = "the channel has no providerId or no accessToken";

    private static final String ACCESS_TOKEN = "accessToken";

    /** {@return the account of a channel, or null when a part is missing or invalid} */
    static MetaAccount of(String providerId, JsonObject credentials) {
        String token = tokenIn(credentials);
        return providerId != null && providerId.matches("[0-9]+") && token != null
                ? new MetaAccount(providerId, token)
                : null;
    }

    /** {@return the access token in the credentials of a channel, or null when it is missing or invalid} */
    static String tokenIn(JsonObject credentials) {
        return credentials != null && credentials.getValue(ACCESS_TOKEN) instanceof String token ? token : null;
    }

    @Override
    public String toString() {
        return "MetaAccount[phoneNumberId=" + phoneNumberId + "]";
    }
}
