package dev.comuta.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configuration of alert mails. */
@ConfigMapping(prefix = "comuta.alerts")
public interface AlertConfig {

    /** E-mail addresses of the platform's administrators, who receive every alert besides the client's own. */
    Optional<List<String>> platformAddresses();

    /** Time limit of one attempt to mail an alert or a sign-in link. */
    @WithDefault("20s")
    Duration timeLimit();
}
