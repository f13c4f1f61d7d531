package dev.comuta.platform.boot;

import dev.comuta.platform.db.DatabaseConfig;
import dev.comuta.platform.secret.MasterKey;
import dev.comuta.platform.secret.SecretsConfig;
import dev.comuta.platform.security.PlatformKeyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Keys that everybody knows, passwords as they were delivered, an address without TLS. */
@ApplicationScoped
class UnsafePlatform implements Unsafe {

    private static final int DIFFERENT_SIGNS = 8;

    private final PlatformKeyConfig platformKey;
    private final SecretsConfig secrets;
    private final PublicUrlConfig publicUrl;
    private final DatabaseConfig database;

    UnsafePlatform(
            PlatformKeyConfig platformKey, SecretsConfig secrets, PublicUrlConfig publicUrl, DatabaseConfig database) {
        this.platformKey = platformKey;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
        this.database = database;
    }

    @Override
    public Stream<Setting> settings() {
        return Stream.of(
                        when(
                                platformKey
                                        .platformKey()
                                        .filter(UnsafePlatform::isMonotonous)
                                        .isPresent(),
                                "comuta.platform-key",
                                "can be guessed; take 32 random characters or more"),
                        when(
                                isMonotonous(MasterKey.of("comuta.secrets.key", secrets.key())),
                                "comuta.secrets.key",
                                "can be guessed; take 32 random bytes"),
                        when(
                                secrets.otherKeys().isPresent()
                                        && secrets.fingerprintKey().isEmpty(),
                                "comuta.secrets.fingerprint-key",
                                "must name the installation's first key before that is replaced, "
                                        + "or no API key would be known any more"),
                        when(
                                !"https".equals(publicUrl.publicUrl().getScheme()),
                                "comuta.public-url",
                                "is not an https address"),
                        when(
                                database.username().equals(database.password()),
                                "comuta.database.password",
                                "is the role's name"),
                        when(
                                database.ownerUsername().equals(database.ownerPassword()),
                                "comuta.database.owner-password",
                                "is the role's name"))
                .flatMap(setting -> setting);
    }

    private static Stream<Setting> when(boolean unsafe, String property, String reason) {
        return unsafe ? Stream.of(new Setting(property, reason)) : Stream.empty();
    }

    private static boolean isMonotonous(MasterKey key) {
        return isMonotonous(new String(key.key().getEncoded(), StandardCharsets.ISO_8859_1));
    }

    private static boolean isMonotonous(String key) {
        return key.chars().distinct().count() < DIFFERENT_SIGNS;
    }
}
