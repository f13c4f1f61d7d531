package dev.comuta;

import static dev.comuta.House.words;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.comuta.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The description of each package is compared with the tables of {@link House} and with the code. */
class PackageInfoTest {

    private static final Path ROOT = Path.of("src/main/java/dev/comuta");
    private static final Pattern LINK = Pattern.compile("\\{@link ([\\w.]+)}");
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    /** A package with its description on one line. */
    private record Room(String name, String text) {

        /** What the description lists under a heading; empty for "none". */
        String item(String heading) {
            var item = Pattern.compile("<li>" + heading + ": (.*?)(?= <li>| </ul>)")
                    .matcher(text);
            assertTrue(item.find(), () -> name + " has no item " + heading);
            return item.group(1).equals("none") ? "" : item.group(1);
        }

        boolean isRoom() {
            return House.NAMED.containsKey(name);
        }
    }

    @TestFactory
    Stream<DynamicTest> describesItsTablesPortsAndRooms() throws IOException {
        return rooms().stream()
                .map(room -> dynamicTest(room.name(), () -> {
                    assertEquals(House.TABLES.getOrDefault(room.name(), Set.of()), words(room.item("Tables")));
                    matches(LINK, room.item("Ports")).forEach(PackageInfoTest::requireInterface);
                    if (room.isRoom()) {
                        assertEquals(House.NAMED.get(room.name()), words(room.item("Uses")));
                    }
                }));
    }

    @Test
    void everyPackageHasADescription() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> without = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertEquals(List.of(), without);
        }
    }

    @Test
    void everyEventIsOfExactlyOneRoom() throws IOException {
        Set<String> known = Stream.of(EventType.values()).map(EventType::stored).collect(toCollection(TreeSet::new));
        List<String> described = rooms().stream()
                .flatMap(room -> matches(QUOTED, room.item("Events")))
                .sorted()
                .toList();
        assertEquals(List.copyOf(known), described);
    }

    /** A line of the table of rooms: name, content, tables, rooms. */
    @Test
    void architecturePageShowsTheSameRoomsAndTables() throws IOException {
        var line = Pattern.compile("\\| `([a-z.]+)` \\| [^|]+ \\| ([^|]+) \\| ([^|]+) \\|");
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        Set<String> tables = new TreeSet<>();
        Files.readString(Path.of("ARCHITECTURE.md"))
                .lines()
                .map(line::matcher)
                .filter(Matcher::matches)
                .forEach(row -> {
                    uses.put(row.group(1), listed(row.group(3)));
                    listed(row.group(2)).forEach(table -> tables.add(row.group(1) + " " + table));
                });
        assertEquals(House.NAMED, uses);
        assertEquals(tablesByRoom(), tables);
    }

    private static Set<String> listed(String cell) {
        return cell.strip().equals("-") ? Set.of() : words(cell);
    }

    private static Set<String> tablesByRoom() {
        Set<String> tables = new TreeSet<>();
        House.TABLES.forEach((room, names) ->
                names.forEach(table -> tables.add(room.replaceFirst("^platform\\..*", "platform") + " " + table)));
        return tables;
    }

    private static void requireInterface(String type) {
        try {
            assertTrue(
                    Class.forName(type, false, PackageInfoTest.class.getClassLoader())
                            .isInterface(),
                    type);
        } catch (ClassNotFoundException absent) {
            throw new AssertionError("no class " + type, absent);
        }
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static List<Room> rooms() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .filter(file -> !file.getParent().equals(ROOT))
                    .sorted()
                    .map(PackageInfoTest::room)
                    .toList();
        }
    }

    private static Room room(Path file) {
        try {
            String text = Files.readString(file).replaceAll("\\s+\\*? ?", " ").replaceAll("\\s+", " ");
            String name = ROOT.relativize(file.getParent()).toString().replace('/', '.');
            return new Room(name, text);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
