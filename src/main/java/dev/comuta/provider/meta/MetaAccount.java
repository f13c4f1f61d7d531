package dev.comuta.provider.meta;

import io.vertx.core.json.JsonObject;

/** A channel's phone number id at Meta, and its access token. */
record MetaAccount(String phoneNumberId, String accessToken) {

    /** Failure text for a channel whose account is incomplete or invalid. */
    static final String MISSING = "the channel has no providerId or no accessToken";

    private static final String ACCESS_TOKEN = "accessToken";

    /** {@return the account of a channel, or null when a part is missing or invalid} */
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
