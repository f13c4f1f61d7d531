package dev.comuta.clients;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Writes an OpenAPI 3.1 document as 3.0.3: a type beside "null" becomes nullable, the first of the examples becomes the
 * example, a license loses its identifier. Webhooks, which 3.0 does not have, are left out, as are patterns with Unicode
 * properties, which its regular expressions do not know.
 */
public final class ClassicDescription {

    private static final String VERSION = "3.0.3";
    private static final String UNICODE_PROPERTY = "\\p{";

    private ClassicDescription() {}

    /** Reads the first file and writes the second. */
    public static void main(String[] files) throws IOException {
        Files.writeString(Path.of(files[1]), of(Path.of(files[0])));
    }

    /** The same document as 3.0.3. */
    public static String of(Path modern) {
        return SmallRyeOpenAPI.builder()
                .withConfig(new SmallRyeConfigBuilder().build())
                .enableModelReader(false)
                .enableStandardStaticFiles(false)
                .enableStandardFilter(false)
                .enableAnnotationScan(false)
                .withCustomStaticFile(() -> open(modern))
                .addFilter(new Downgrade())
                .build()
                .toYAML();
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the version, by which the library writes every part; it would write the rest of 3.1 as it is. */
    private static final class Downgrade implements OASFilter {

        @Override
        public void filterOpenAPI(OpenAPI document) {
            document.setOpenapi(VERSION);
            document.setWebhooks(null);
            document.getInfo().getLicense().setIdentifier(null);
        }

        @Override
        public Schema filterSchema(Schema schema) {
            if (schema.getPattern() != null && schema.getPattern().contains(UNICODE_PROPERTY)) {
                schema.setPattern(null);
            }
            return schema;
        }
    }
}
