package dev.comuta.notification;

import io.smallrye.config.ConfigMapping;

/** Signing in by mail. */
@ConfigMapping(prefix = "comuta.sign-in")
public interface AccessConfig {

    /** The page that takes a token from behind its {@code #} and exchanges it, an address without fragment. */
    String page();
}
