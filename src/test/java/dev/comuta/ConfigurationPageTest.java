package dev.comuta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.secret.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    /** COMUTA_X and COMUTA_X_FILE are placeholders for any variable. */
    private static final Pattern NAME = Pattern.compile("`(COMUTA_(?!X[_`])[A-Z_]+)`");

    @Test
    void listsEveryPropertyWithItsDefaultAndMeaning() throws IOException {
        String page = Files.readString(ConfigurationPage.PAGE);

        assertEquals(ConfigurationPage.withTable(page), page, "docs/configuration.md is stale: run make configuration");
    }

    @Test
    void listsEveryVariableOfApplicationPropertiesWithItsDefault() throws IOException {
        String page = Files.readString(ConfigurationPage.PAGE);

        for (MatchResult variable : ConfigurationPage.variables()) {
            String row = page.lines()
                    .filter(line ->
                            line.startsWith("|") && line.split("\\|", -1)[1].contains("`" + variable.group(1) + "`"))
                    .findFirst()
                    .orElse("");
            String fallback = variable.group(2);
            boolean composed = fallback != null && fallback.contains("${");
            String expected = fallback == null || fallback.isEmpty() ? " - " : "`" + fallback + "`";
            assertTrue(
                    composed ? !row.isEmpty() : row.contains(expected),
                    variable.group(1) + " has no row with its default " + expected);
        }
    }

    @Test
    void writesMeaningsOfSeveralLinesWithSingleSpaces() {
        List<String> spaced = ConfigurationPage.properties().stream()
                .map(ConfigurationPage.Property::meaning)
                .filter(meaning -> meaning.contains("  "))
                .toList();

        assertEquals(List.of(), spaced);
    }

    @Test
    void namesNoUnknownVariable() throws IOException {
        Set<String> known = ConfigurationPage.variables().stream()
                .map(variable -> variable.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        ConfigurationPage.properties().forEach(property -> known.add(property.variable()));
        known.add(SecretFiles.DIRECTORY);
        Set<String> named = NAME.matcher(Files.readString(ConfigurationPage.PAGE))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        named.removeAll(known);

        assertEquals(Set.of(), named);
    }
}
