package dev.comuta.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;

/** Configuration of sign-in by mail. */
@ConfigMapping(prefix = "comuta.sign-in")
public interface AccessConfig {

    /** Address of the sign-in page. A mailed link is this address, a hash sign and the token. */
    String page();

    /** Requests for sign-in (links and keys) per minute from one IPv4 address or IPv6 network, counted in each process. */
    @WithDefault("30")
    @Max(1_000_000_000)
    long requestsPerMinute();
}
