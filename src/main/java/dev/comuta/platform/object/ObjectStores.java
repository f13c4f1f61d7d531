package dev.comuta.platform.object;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Optional;

/** Makes the store that the configuration names. */
@Dependent
class ObjectStores {

    @Produces
    @ApplicationScoped
    ObjectStore store(Vertx vertx, ObjectsConfig config, Clock clock) {
        return switch (config.store()) {
            case DIRECTORY -> new DirectoryStore(vertx, config.directory().toAbsolutePath());
            case S3 -> new S3Store(vertx, account(config.s3()), clock);
        };
    }

    private static S3Account account(ObjectsConfig.S3 s3) {
        return new S3Account(
                required("endpoint", s3.endpoint()),
                s3.region(),
                required("bucket", s3.bucket()),
                required("access-key", s3.accessKey()),
                required("secret-key", s3.secretKey()),
                s3.pathStyle(),
                s3.idleTimeLimit());
    }

    private static <T> T required(String name, Optional<T> value) {
        return value.orElseThrow(() ->
                new ConfigurationException("comuta.objects.s3." + name + " is required with comuta.objects.store=s3"));
    }
}
