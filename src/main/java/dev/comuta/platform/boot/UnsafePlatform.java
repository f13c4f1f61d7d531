package dev.comuta.platform.boot;

import dev.comuta.platform.db.DatabaseConfig;
import dev.comuta.platform.secret.MasterKey;
import dev.comuta.platform.secret.SecretsConfig;
import dev.comuta.platform.security.PlatformKeyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Refuses keys that can be guessed, default passwords, and addresses and connections without TLS. */
@ApplicationScoped
class UnsafePlatform implements Unsafe {

    private static final int MIN_DISTINCT_CHARACTERS = 8;

    /** Parameter of a URL with which both drivers use TLS or no connection. */
    private static final Pattern TLS = Pattern.compile("[?&]sslmode=(require|verify-ca|verify-full)(&|$)");

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
                                "can be guessed; use 32 random characters or more"),
                        when(
                                isMonotonous(MasterKey.of("comuta.secrets.key", secrets.key())),
                                "comuta.secrets.key",
                                "can be guessed; use 32 random bytes"),
                        when(
                                secrets.otherKeys().isPresent()
                                        && secrets.fingerprintKey().isEmpty(),
                                "comuta.secrets.fingerprint-key",
                                "must be the installation's first key before that key is replaced, "
                                        + "or every API key becomes invalid"),
                        when(
                                !"https".equals(publicUrl.publicUrl().getScheme()),
                                "comuta.public-url",
                                "is not an https address"),
                        PlainConnection.of(
                                "comuta.database.url",
                                URI.create(database.url()),
                                TLS.matcher(database.url()).find(),
                                database.plain(),
                                "add ?sslmode=require"),
                        when(
                                !database.migrateOnly() && database.username().equals(database.password()),
                                "comuta.database.password",
                                "is the role's name"),
                        when(
                                !database.migrateOnly()
                                        && database.crossUsername().equals(database.crossPassword()),
                                "comuta.database.cross-password",
                                "is the role's name"),
                        when(
                                database.migrate() && database.ownerUsername().equals(database.ownerPassword()),
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
        return key.chars().distinct().count() < MIN_DISTINCT_CHARACTERS;
    }
}
