package dev.comuta.access;

import io.smallrye.config.ConfigMapping;

/** Configuration of sign-in by mail. */
@ConfigMapping(prefix = "comuta.sign-in")
public interface AccessConfig {

    /** Address of the sign-in page. A mailed link is this address, a hash sign and the token. */
    String page();
}
