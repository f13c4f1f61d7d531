package dev.comuta.media;

import dev.comuta.platform.rest.StreamedBodies;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Declares the operation whose body is a file. */
@Dependent
class MediaBodies {

    private static final Pattern PATH = Pattern.compile("/clients/[^/]+/media");

    @Produces
    @Singleton
    StreamedBodies uploads(MediaConfig config) {
        return new StreamedBodies(HttpMethod.POST, PATH, FileKind.DOCUMENT.limit(), config.uploadTimeLimit());
    }
}
