package dev.comuta.provider.meta;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The platform's app at Meta. */
@ConfigMapping(prefix = "comuta.meta")
public interface MetaConfig {

    /** What Meta presents when the webhook's address is set up; without it no address can be. */
    Optional<String> verifyToken();

    /** Signs what Meta posts; without it nothing is taken. */
    Optional<String> appSecret();

    /** The Graph API, without a slash at the end. */
    @WithDefault("https://graph.facebook.com")
    String baseUrl();

    /** The version of the Graph API that is asked. */
    @WithDefault("v23.0")
    String apiVersion();

    /** How long Meta may take to answer a message that is sent; less than comuta.delivery.time-limit. */
    @WithDefault("10s")
    Duration sendTimeLimit();
}
