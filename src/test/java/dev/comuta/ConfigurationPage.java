package dev.comuta;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of docs/configuration.md, generated from the {@code @ConfigMapping} interfaces and their Javadoc. */
final class ConfigurationPage {

    static final Path PAGE = Path.of("docs", "configuration.md");

    private static final String BEGIN = "<!-- written by make configuration: begin -->\n";
    private static final String END = "<!-- written by make configuration: end -->";

    private ConfigurationPage() {}

    /**
     * A property.
     *
     * @param fallback its default; empty when it has none
     * @param meaning its Javadoc on one line
     */
    record Property(String name, Optional<String> fallback, String meaning) {

        String variable() {
            return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }

        private String row() {
            return "| `%s` | %s | %s |\n"
                    .formatted(name, fallback.map(ConfigurationPage::cell).orElse("-"), meaning);
        }
    }

    /** Rewrites the table: {@code make configuration}. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(PAGE, withTable(Files.readString(PAGE)));
    }

    /** The page with the generated table. */
    static String withTable(String page) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    }

    private static String table() {
        return "| property | default | meaning |\n|---|---|---|\n"
                + properties().stream().map(Property::row).collect(Collectors.joining());
    }

    /** All properties of all mappings, by name. */
    static List<Property> properties() {
        List<Property> all = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.comuta")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                all.addAll(of(type.reflect()));
            }
        }
        all.sort(Comparator.comparing(Property::name));
        return all;
    }

    private static List<Property> of(Class<?> mapping) {
        return of(mapping, mapping.getAnnotation(ConfigMapping.class).prefix(), source(mapping));
    }

    private static List<Property> of(Class<?> group, String prefix, String file) {
        String source = file.substring(file.indexOf("interface " + group.getSimpleName()));
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isDefault() && !method.isSynthetic())
                .flatMap(method -> isGroup(method.getReturnType())
                        ? of(method.getReturnType(), name(prefix, method), file).stream()
                        : Stream.of(property(source, prefix, method)))
                .toList();
    }

    private static boolean isGroup(Class<?> type) {
        return type.isInterface() && type.getName().startsWith("dev.comuta.");
    }

    private static Property property(String source, String prefix, Method method) {
        Optional<String> fallback =
                Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value);
        return new Property(name(prefix, method), fallback, javadoc(source, method));
    }

    private static String name(String prefix, Method method) {
        if (method.isAnnotationPresent(WithParentName.class)) {
            return prefix;
        }
        WithName given = method.getAnnotation(WithName.class);
        String hyphened =
                method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        return prefix + "." + (given == null ? hyphened : given.value());
    }

    /** The Javadoc of the method. Only annotations and the return type are between it and the name. */
    private static String javadoc(String source, Method method) {
        Matcher comments = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/[^;{}]*\\b" + method.getName() + "\\(\\);", Pattern.DOTALL)
                .matcher(source);
        if (!comments.find()) {
            throw new IllegalStateException(method + " has no Javadoc");
        }
        return comments.group(1)
                .replaceAll("(?:\\s*\\n\\s*\\*?[ \\t]*)+", " ")
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }

    private static String source(Class<?> mapping) {
        Path file = Path.of("src", "main", "java").resolve(mapping.getName().replace('.', '/') + ".java");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String value) {
        return "`" + value.replace("|", "\\|") + "`";
    }

    /** The variables that application.properties reads, each with its default, which may be empty. */
    static List<MatchResult> variables() throws IOException {
        String properties = Files.readString(Path.of("src", "main", "resources", "application.properties"));
        return Pattern.compile("^(?!%)[^#\\n]*?\\$\\{((?:COMUTA|OTEL)_[A-Z_]+)(?::([^}]*))?}", Pattern.MULTILINE)
                .matcher(properties)
                .results()
                .toList();
    }
}
