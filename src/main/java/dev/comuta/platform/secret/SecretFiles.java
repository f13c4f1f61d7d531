package dev.comuta.platform.secret;

import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads secrets from files, as container platforms mount them: {@code COMUTA_X_FILE} names the file whose text is the
 * value of {@code COMUTA_X}. Trailing white space is removed. The file takes precedence over the variable {@code
 * COMUTA_X}.
 */
public final class SecretFiles extends EnvConfigSource {

    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "COMUTA_";
    private static final String SUFFIX = "_FILE";
    private static final int ABOVE_VARIABLES = 310;

    public SecretFiles() {
        this(System.getenv());
    }

    SecretFiles(Map<String, String> environment) {
        super(texts(environment), ABOVE_VARIABLES);
    }

    private static Map<String, String> texts(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable ->
                        isNameOfFile(variable.getKey()) && !variable.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        variable -> withoutSuffix(variable.getKey()),
                        variable -> read(variable.getKey(), variable.getValue())));
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
