package dev.comuta.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom alerts reach. */
@ConfigMapping(prefix = "comuta.alerts")
public interface AlertConfig {

    /** E-mail addresses of the platform's administrators, told of every alert beside the client's own. */
    Optional<List<String>> platformAddresses();

    /** How long the mail server may take. */
    @WithDefault("20s")
    Duration timeLimit();
}
