package dev.comuta.platform.secret;

import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads secrets from files, as container platforms mount them: {@code COMUTA_X_FILE} names the file whose text is the
 * value of {@code COMUTA_X}, and in the folder {@code COMUTA_SECRETS_DIRECTORY} the file {@code COMUTA_X} contains it.
 * Trailing white space is removed. The files take precedence over the variable {@code COMUTA_X}.
 */
public final class SecretFiles extends EnvConfigSource {

    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "COMUTA_";
    private static final String SUFFIX = "_FILE";
    /** The variable that names the folder of secrets. */
    public static final String DIRECTORY = "COMUTA_SECRETS_DIRECTORY";

    private static final int ABOVE_VARIABLES = 310;

    public SecretFiles() {
        this(System.getenv());
    }

    SecretFiles(Map<String, String> environment) {
        super(texts(environment), ABOVE_VARIABLES);
    }

    private static Map<String, String> texts(Map<String, String> environment) {
        Map<String, String> texts = new HashMap<>();
        String directory = environment.getOrDefault(DIRECTORY, "");
        if (!directory.isBlank()) {
            files(directory)
                    .forEach(file -> texts.put(file.getFileName().toString(), read(DIRECTORY, file.toString())));
        }
        environment.forEach((variable, file) -> {
            if (isNameOfFile(variable) && !file.isBlank()) {
                texts.put(withoutSuffix(variable), read(variable, file));
            }
        });
        return Map.copyOf(texts);
    }

    /** The files with a variable's name; a mounted folder also holds links of the platform. */
    private static List<Path> files(String directory) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX) && Files.isRegularFile(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(DIRECTORY + " names a folder that cannot be read", e);
        }
    }

    private static boolean isNameOfFile(String variable) {
        return variable.startsWith(PREFIX) && variable.endsWith(SUFFIX);
    }

    private static String withoutSuffix(String variable) {
        return variable.substring(0, variable.length() - SUFFIX.length());
    }

    private static String read(String variable, String file) {
        try {
            return Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(variable + " names a file that cannot be read", e);
        }
    }

    @Override
    public String getName() {
        return "Files named by " + PREFIX + "…" + SUFFIX;
    }
}
