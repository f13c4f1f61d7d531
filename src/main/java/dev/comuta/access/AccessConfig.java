package dev.comuta.access;

import io.smallrye.config.ConfigMapping;

/** Signing in by mail. */
@ConfigMapping(prefix = "comuta.sign-in")
public interface AccessConfig {

    /** The page that takes a token that follows its address behind a hash sign and exchanges it. */
    String page();
}
