package dev.comuta.platform.object;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The store of files: media, and later recordings. Every object is encrypted with a key of its own. */
@ConfigMapping(prefix = "comuta.objects")
public interface ObjectsConfig {

    /** The place of the objects: {@code directory}, or {@code s3} for a store with the API of Amazon S3. */
    @WithDefault("directory")
    Kind store();

    /**
     * The folder of the objects. Incoming files are in its folder {@code incoming}, also with {@code s3}. Processes on
     * several machines need a shared file system, or {@code s3}.
     */
    @WithDefault("objects")
    Path directory();

    /** Free space that must remain in {@code directory}: with less, uploads get 503 and fetches wait. */
    @WithDefault("512M")
    MemorySize minimumFree();

    /** The store with the API of Amazon S3. */
    S3 s3();

    /** The kinds of stores. */
    enum Kind {
        DIRECTORY,
        S3
    }

    /** Settings of a store with the API of Amazon S3. */
    interface S3 {

        /** Address of the store, for example {@code https://s3.sa-east-1.amazonaws.com}. Required with {@code s3}. */
        Optional<URI> endpoint();

        /** Region in signatures. */
        @WithDefault("us-east-1")
        String region();

        /** Bucket; the server does not create it. Required with {@code s3}. */
        Optional<String> bucket();

        /** Id of the access key. Required with {@code s3}. */
        Optional<String> accessKey();

        /** Secret of the access key. Required with {@code s3}. */
        Optional<String> secretKey();

        /** Whether the bucket is in the path of a URL; otherwise it is in the host. */
        @WithDefault("true")
        boolean pathStyle();

        /** Time without any byte after which a request fails. */
        @WithDefault("30s")
        Duration idleTimeLimit();
    }
}
