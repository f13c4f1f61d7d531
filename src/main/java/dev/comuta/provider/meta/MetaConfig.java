package dev.comuta.provider.meta;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The platform's app at Meta. */
@ConfigMapping(prefix = "comuta.meta")
public interface MetaConfig {

    /** The token that Meta sends to verify the webhook address. Without it no verification succeeds. */
    Optional<String> verifyToken();

    /**
     * The secret of the app at Meta, which signs webhooks. During a rotation, the new and the former secret with a comma
     * between them. Without it no webhook is accepted.
     */
    Optional<List<String>> appSecret();

    /** Base URL of the Graph API, without a slash at the end. */
    @WithDefault("https://graph.facebook.com")
    String baseUrl();

    /** Version of the Graph API. */
    @WithDefault("v23.0")
    String apiVersion();

    /** Time limit of the request that sends a message; shorter than {@code comuta.delivery.time-limit}. */
    @WithDefault("10s")
    Duration sendTimeLimit();
}
