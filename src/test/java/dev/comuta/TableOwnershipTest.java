package dev.comuta;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A room's SQL names only the room's tables (docs/adr/0016). Read are the string literals of the Java sources and the SQL
 * functions of the migrations. A statement is known by its class and constant, or as a function by its name.
 */
class TableOwnershipTest {

    /** Closed list: the statements over several rooms, with the foreign tables of each. */
    private static final Map<String, Joint> JOINT = Map.ofEntries(
            joint("comuta_caller", "Clients ClientUsers", "authenticate: one look-up for each uncached API key"),
            joint(
                    "comuta_receive",
                    "CommunicationChannels EndUserIdentities Sessions BackgroundTasks Events",
                    "receive: one statement and one commit for a group of messages"),
            joint("comuta_open_session", "ClientEndUsers ClientUsers Events", "receive: a part of comuta_receive"),
            joint(
                    "comuta_close_sessions",
                    "Events",
                    "receive: a part of comuta_open_session, and the only way to close"),
            joint(
                    "comuta_opt_out",
                    "Sessions CommunicationChannels Consents Events",
                    "receive: revokes the consent while comuta_receive holds the sessions of a group"),
            joint(
                    "comuta_turn",
                    "Sessions CommunicationChannels Messages BackgroundTasks TaskTypes",
                    "complete: one statement for each turn, in one snapshot"),
            joint(
                    "comuta_session_assistant",
                    "Sessions CommunicationChannels Messages",
                    "complete: one statement for each tool task"),
            joint(
                    "comuta_turn_spending",
                    "BackgroundTasks",
                    "complete: sums JSON that only the assistant's room can read, once for each turn of a model"),
            joint(
                    "comuta_outgoing_message",
                    "Sessions CommunicationChannels ClientEndUsers EndUserIdentities",
                    "settle: one statement for each sending"),
            joint("comuta_receipt_targets", "Sessions CommunicationChannels", "settle: a part of comuta_receipts"),
            joint("comuta_receipts", "Events", "settle: one statement for a group of status reports"),
            joint(
                    "comuta_retention_days",
                    "Clients",
                    "retention: the periods of all clients, those without a policy too; every rule joins them"));

    private static final Path JAVA = Path.of("src", "main", "java", "dev", "comuta");
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    private static final Map<String, String> OWNERS = owners(House.TABLES);
    private static final Map<String, String> FILES = owners(House.SQL_FILES);

    /** A string literal with the constant that it belongs to: the name holds until the next semicolon. */
    private static final Pattern TOKEN = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\])'|\"\"\"(?<block>.*?)\"\"\"|\"(?<line>(?:\\\\.|[^\"\\\\\\n])*)\""
                    + "|\\bString (?<name>\\w+)\\s*=|(?<end>;)",
            DOTALL);

    private static final Pattern FUNCTION = Pattern.compile(
            "create\\s+(?:or\\s+replace\\s+)?function\\s+(?<name>\\w+)(?<head>[^$]*?)\\sas\\s+\\$\\$(?<body>.*?)\\$\\$",
            DOTALL | CASE_INSENSITIVE);

    /** After a comma the spelling counts, because names of columns and variables stand there too. */
    private static final Pattern TABLE = Pattern.compile(
            "(?<verb>\\bfrom|\\bjoin|\\binto|\\bupdate|\\busing|,)\\s+(?:only\\s+|lateral\\s+)?(?<table>(?i:"
                    + String.join("|", OWNERS.keySet()) + "))\\b",
            CASE_INSENSITIVE);

    private static final Pattern DELETE = Pattern.compile("\\bdelete\\s+$", CASE_INSENSITIVE);

    private record Joint(Set<String> tables, String reason) {}

    /** A part of a statement. Constraints are functions of triggers. */
    private record Statement(String room, String name, String text, boolean constraint) {}

    @Test
    void onlyJointStatementsNameForeignTables() {
        Map<String, Set<String>> foreign = new TreeMap<>();
        Stream.concat(javaStatements(), functions()).forEach(statement -> foreignTables(statement)
                .forEach(table -> foreign.computeIfAbsent(statement.name(), name -> new TreeSet<>())
                        .add(table)));
        Map<String, Set<String>> allowed = JOINT.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, joint -> joint.getValue().tables(), (a, b) -> a, TreeMap::new));
        assertEquals(lines(allowed), lines(foreign));
    }

    @Test
    void everyEntityIsMappedInTheRoomOfItsTable() {
        Pattern entity = Pattern.compile("@Table\\(name = \"(\\w+)\"\\)");
        Set<String> strays = new TreeSet<>();
        files(JAVA, ".java").forEach(file -> entity.matcher(read(file))
                .results()
                .filter(found -> !roomOf(file).equals(OWNERS.get(found.group(1))))
                .forEach(found -> strays.add(file + " maps " + found.group(1))));
        assertEquals(Set.of(), strays);
    }

    private static Set<String> foreignTables(Statement statement) {
        Set<String> foreign = new TreeSet<>();
        Matcher matcher = TABLE.matcher(statement.text());
        while (matcher.find()) {
            String table = spelled(matcher.group("table"));
            boolean isName = !",".equals(matcher.group("verb")) || table.equals(matcher.group("table"));
            boolean isAllowed = statement.constraint() && reads(statement.text(), matcher);
            if (isName && !isAllowed && !statement.room().equals(OWNERS.get(table))) {
                foreign.add(table);
            }
        }
        return foreign;
    }

    /** A trigger's function is a constraint: like a foreign key it reads the rows that it refers to, and writes none. */
    private static boolean reads(String text, Matcher matcher) {
        return !matcher.group("verb").matches("(?i)into|update")
                && !DELETE.matcher(text.substring(0, matcher.start())).find();
    }

    private static Stream<Statement> javaStatements() {
        return files(JAVA, ".java").flatMap(file -> literals(file).stream());
    }

    private static List<Statement> literals(Path file) {
        String type = JAVA.relativize(file).toString().replace(".java", "").replace('/', '.');
        List<Statement> literals = new ArrayList<>();
        String constant = "";
        Matcher token = TOKEN.matcher(read(file));
        while (token.find()) {
            if (token.group("name") != null || token.group("end") != null) {
                constant = token.group("name") == null ? "" : "." + token.group("name");
            }
            String text = token.group("block") == null ? token.group("line") : token.group("block");
            if (text != null) {
                literals.add(new Statement(roomOf(file), type + constant, text, false));
            }
        }
        return literals;
    }

    private static Stream<Statement> functions() {
        return files(MIGRATIONS, ".sql")
                .flatMap(file -> FUNCTION.matcher(read(file).replaceAll("--[^\\n]*", ""))
                        .results()
                        .map(function -> new Statement(
                                roomOfSql(file),
                                function.group("name"),
                                function.group("body"),
                                function.group("head").matches("(?is).*returns\\s+trigger.*"))));
    }

    private static String roomOfSql(Path file) {
        String name = file.getFileName().toString().replaceAll("^[RV]\\d*__|\\.sql$", "");
        String room = FILES.get(name);
        if (room == null) {
            throw new AssertionError("no room owns the functions of " + file);
        }
        return room;
    }

    private static String roomOf(Path file) {
        String place = JAVA.relativize(file).toString().replace('/', '.');
        return Stream.concat(House.TABLES.keySet().stream(), House.ROOMS.keySet().stream())
                .filter(room -> place.startsWith(room + "."))
                .findFirst()
                .orElse("");
    }

    private static String spelled(String table) {
        return OWNERS.keySet().stream()
                .filter(table::equalsIgnoreCase)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> owners(Map<String, Set<String>> owned) {
        return owned.entrySet().stream()
                .flatMap(room -> room.getValue().stream().map(name -> Map.entry(name, room.getKey())))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<String, Joint> joint(String name, String tables, String reason) {
        return Map.entry(name, new Joint(House.words(tables), reason));
    }

    private static String lines(Map<String, Set<String>> tables) {
        return tables.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(joining("\n"));
    }

    private static Stream<Path> files(Path root, String suffix) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
