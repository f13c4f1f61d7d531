package dev.comuta;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A room's SQL names only the room's tables (docs/adr/0016). Read are the text constants of the compiled classes, and
 * the functions and views of the migrations. A statement is known by its class, or as a function by its name.
 */
class TableOwnershipTest {

    /** Closed list: the statements over several rooms, with the foreign tables of each. */
    private static final Map<String, Joint> JOINT = Map.ofEntries(
            joint("comuta_valid_keys", "Clients ClientUsers", "authenticate: one look-up for each uncached API key"),
            joint(
                    "comuta_receive",
                    "CommunicationChannels EndUserIdentities Sessions BackgroundTasks Events",
                    "receive: one statement and one commit for a group of messages"),
            joint("comuta_open_session", "ClientEndUsers ClientUsers Events", "receive: a part of comuta_receive"),
            joint("comuta_open_call_session", "ClientEndUsers ClientUsers Events", "ring: a part of comuta_ring"),
            joint(
                    "comuta_close_sessions",
                    "Events",
                    "receive: a part of comuta_open_session, and the only way to close"),
            joint(
                    "comuta_opt_out",
                    "Sessions CommunicationChannels Consents Events",
                    "receive: revokes the consent while comuta_receive holds the sessions of a group"),
            joint(
                    "comuta_message_writers",
                    "Sessions",
                    "receive: the senders of opt-in messages while comuta_receive holds the sessions of a group"),
            joint(
                    "comuta_direct_session",
                    "ClientEndUsers Messages",
                    "start: the address of a new conversation, as comuta_outgoing_message chooses it"),
            joint(
                    "comuta_opt_in",
                    "Sessions CommunicationChannels Consents Events",
                    "receive: grants the consent while comuta_receive holds the sessions of a group"),
            joint(
                    "comuta_turn",
                    "Sessions CommunicationChannels Messages Transcripts BackgroundTasks TaskTypes",
                    "complete: one statement for each turn, in one snapshot"),
            joint(
                    "comuta_session_assistant",
                    "Sessions CommunicationChannels Messages",
                    "complete: one statement for each tool task"),
            joint(
                    "comuta_outgoing_message",
                    "Sessions CommunicationChannels ClientEndUsers EndUserIdentities",
                    "settle: one statement for each sending"),
            joint(
                    "comuta_request_media",
                    "BackgroundTasks",
                    "receive: a part of comuta_receive, which names the file in its message"),
            joint("comuta_receipt_targets", "Sessions CommunicationChannels", "settle: a part of comuta_receipts"),
            joint("comuta_part_targets", "Sessions CommunicationChannels", "settle: a part of comuta_receipts"),
            joint("comuta_parts_changed", "Events", "settle: a part of comuta_receipts, and of the end of a send task"),
            joint("comuta_receipts", "Events", "settle: one statement for a group of status reports"),
            joint(
                    "comuta_end_windows",
                    "Sessions",
                    "status reports: one statement for the windows of all their messages"),
            joint(
                    "comuta_same_conversation",
                    "Sessions",
                    "transcript: compares the sessions of two messages in the reader"),
            joint(
                    "comuta_session_is_named",
                    "Messages BackgroundTasks Events Calls",
                    "retention: a session is removed only when no row of any room names it"),
            joint(
                    "comuta_retention_days",
                    "Clients",
                    "retention: the periods of all clients, those without a policy too; every rule joins them"));

    /** Closed list: the calls of a higher room's function, with their reasons. */
    private static final Map<String, String> UPWARD_CALLS = Map.of(
            "media.ExpiredUploads calls comuta_retention_days",
            "retention: every rule joins the periods of the clients",
            "comuta_complete calls comuta_lock_free_sessions",
            "complete: locks the sessions of its tasks, in the same round trip",
            "comuta_claim calls comuta_client_is_active",
            "claim: a task of an inactive client is canceled, in the same round trip",
            "task.TaskService calls comuta_lock_sessions",
            "a retry or a cancellation by a person locks the session first, as every writer does",
            "event.ExpiredEvents calls comuta_retention_days",
            "retention: every rule joins the periods of the clients",
            "call.retention.ExpiredCalls calls comuta_retention_days",
            "retention: every rule joins the periods of the clients",
            "session.ExpiredSessions calls comuta_retention_days",
            "retention: every rule joins the periods of the clients",
            "comuta_open_expired calls comuta_retention_days",
            "retention: every rule joins the periods of the clients");

    private static final Path JAVA = Path.of("src", "main", "java", "dev", "comuta");
    private static final Path CLASSES = Path.of("target", "classes", "dev", "comuta");

    /** Names parts of the API like tables. It uses no database. */
    private static final Path WITHOUT_STATEMENTS = CLASSES.resolve(Path.of("platform", "openapi"));

    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    private static final Map<String, String> OWNERS = owners(House.TABLES);
    private static final Map<String, String> FILES = owners(House.SQL_FILES);

    /** Class name of an entity: its room. Statements of Hibernate name entities instead of tables. */
    private static final Map<String, String> ENTITIES = entities();

    private static final Pattern ENTITY =
            Pattern.compile("@Entity(?:\\(name = \"(?<entity>\\w+)\"\\))?(?<others>.*?)\\bclass (?<type>\\w+)", DOTALL);

    private static final Pattern MAPPED = Pattern.compile("@Table\\([^)]*\\bname = \"(\\w+)\"");

    /** A function, a procedure or a view with its text. */
    private static final Pattern FUNCTION = Pattern.compile(
            "create\\s+(?:or\\s+replace\\s+)?(?:function|procedure|(?:materialized\\s+)?view)\\s+(?<name>\\w+)"
                    + "(?<head>(?:(?!;\\n).)*?)(?:\\sas\\s+(?<tag>\\$\\w*\\$)(?<body>.*?)\\k<tag>"
                    + "|begin\\s+atomic(?<block>.*?)\\bend;|(?<rest>);)",
            DOTALL | CASE_INSENSITIVE);

    private static final String TABLES = "(?<table>(?i:" + String.join("|", OWNERS.keySet()) + "))\\b";

    /** After a comma or a parenthesis the spelling counts, because names of columns and variables are there too. */
    private static final Pattern TABLE = Pattern.compile(
            "(?<verb>\\bfrom\\s|\\bjoin\\s|\\binto\\s|\\bupdate\\s|\\busing\\s|\\btruncate\\s|\\btable\\s|[,(]|^)"
                    + "\\s*(?:only\\s+|lateral\\s+)?" + TABLES,
            CASE_INSENSITIVE);

    private static final Pattern OF_ENTITY =
            Pattern.compile("\\b(?:from|join|update|into)\\s+(?<name>" + String.join("|", ENTITIES.keySet()) + ")\\b");

    private static final Pattern CALL = Pattern.compile("\\b(comuta_\\w+|current_\\w+)\\s*\\(");

    private static final Pattern DELETE = Pattern.compile("\\bdelete\\s+$", CASE_INSENSITIVE);

    private record Joint(Set<String> tables, String reason) {}

    /** A statement, or a part of one. Constraints are functions of triggers. */
    private record Statement(String room, String name, String text, boolean constraint) {

        Statement {
            text = text.replaceAll("(?s)/\\*.*?\\*/|--[^\\n]*", " ")
                    .replace("\"", "")
                    .replaceAll("(?i)\\bpublic\\.", "");
        }
    }

    @Test
    void onlyJointStatementsNameForeignTables() {
        Map<String, Set<String>> foreign = new TreeMap<>();
        statements().forEach(statement -> foreignTables(statement)
                .forEach(table -> foreign.computeIfAbsent(statement.name(), name -> new TreeSet<>())
                        .add(table)));
        Map<String, Set<String>> allowed = JOINT.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, joint -> joint.getValue().tables(), (a, b) -> a, TreeMap::new));
        assertEquals(lines(allowed), lines(foreign));
    }

    @Test
    void statementsCallFunctionsOfRoomsThatTheirRoomMayUse() {
        Map<String, String> rooms = functions().collect(toMap(Statement::name, Statement::room, (a, b) -> a));
        Set<String> calls = new TreeSet<>();
        statements().forEach(statement -> CALL.matcher(statement.text())
                .results()
                .map(call -> call.group(1))
                .filter(rooms::containsKey)
                .filter(function -> !mayUse(statement.room(), rooms.get(function)))
                .forEach(function -> calls.add(statement.name() + " calls " + function)));
        assertEquals(new TreeSet<>(UPWARD_CALLS.keySet()), calls);
    }

    @Test
    void everyEntityIsMappedInTheRoomOfItsTable() {
        Set<String> strays = new TreeSet<>();
        files(JAVA, ".java")
                .forEach(file -> ENTITY.matcher(read(file)).results().forEach(found -> {
                    String table = tableOf(found);
                    if (!roomOf(JAVA, file).equals(OWNERS.get(table))) {
                        strays.add(file + " maps " + table);
                    }
                }));
        assertEquals(Set.of(), strays);
    }

    /** The table of an entity has the name in @Table, else in @Entity, else that of the class. */
    private static String tableOf(MatchResult entity) {
        Matcher mapped = MAPPED.matcher(entity.group("others"));
        String named = entity.group("entity") == null ? entity.group("type") : entity.group("entity");
        return mapped.find() ? mapped.group(1) : named;
    }

    private static Map<String, String> entities() {
        Map<String, String> entities = new TreeMap<>();
        files(JAVA, ".java").forEach(file -> Pattern.compile("(?s)@Entity.*?\\bclass (\\w+)")
                .matcher(read(file))
                .results()
                .forEach(found -> entities.put(found.group(1), roomOf(JAVA, file))));
        return entities;
    }

    private static boolean mayUse(String room, String used) {
        return room.equals(used)
                || used.startsWith("platform")
                || House.ROOMS.getOrDefault(room, Set.of()).contains(used);
    }

    private static Set<String> foreignTables(Statement statement) {
        Set<String> foreign = new TreeSet<>();
        Matcher matcher = TABLE.matcher(statement.text());
        while (matcher.find()) {
            String table = spelled(matcher.group("table"));
            String verb = matcher.group("verb");
            boolean isName = verb.isEmpty()
                    ? table.equals(statement.text())
                    : verb.matches("\\w+\\s") || table.equals(matcher.group("table"));
            boolean isAllowed = statement.constraint() && reads(statement.text(), matcher);
            if (isName && !isAllowed && !statement.room().equals(OWNERS.get(table))) {
                foreign.add(table);
            }
        }
        OF_ENTITY
                .matcher(statement.text())
                .results()
                .map(entity -> entity.group(1))
                .filter(entity -> !statement.room().equals(ENTITIES.get(entity)))
                .forEach(foreign::add);
        return foreign;
    }

    /** A trigger's function is a constraint: like a foreign key it reads the rows that it refers to, and writes none. */
    private static boolean reads(String text, Matcher matcher) {
        return !matcher.group("verb").matches("(?i)(into|update|truncate)\\s")
                && !DELETE.matcher(text.substring(0, matcher.start())).find();
    }

    private static Stream<Statement> statements() {
        return Stream.concat(
                files(CLASSES, ".class")
                        .filter(file -> !file.startsWith(WITHOUT_STATEMENTS))
                        .flatMap(TableOwnershipTest::texts),
                functions());
    }

    /** The text constants of a class: the compiler has joined texts that the source divides. */
    private static Stream<Statement> texts(Path file) {
        String type = CLASSES.relativize(file).toString().replace(".class", "").replace('/', '.');
        List<Statement> texts = new ArrayList<>();
        for (PoolEntry entry : parse(file).constantPool()) {
            if (entry instanceof StringEntry text) {
                texts.add(new Statement(roomOf(CLASSES, file), type, text.stringValue(), false));
            }
        }
        return texts.stream();
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Statement> functions() {
        return files(MIGRATIONS, ".sql")
                .flatMap(file -> FUNCTION.matcher(read(file).replaceAll("--[^\\n]*", ""))
                        .results()
                        .map(function -> new Statement(
                                roomOfSql(file),
                                function.group("name"),
                                function.group(),
                                function.group("head").matches("(?is).*returns\\s+trigger.*"))));
    }

    private static String roomOfSql(Path file) {
        String name = file.getFileName().toString().replaceAll("^[RV][\\d_]*__|\\.sql$", "");
        String room = FILES.get(name);
        if (room == null) {
            throw new AssertionError("no room owns the functions of " + file);
        }
        return room;
    }

    private static String roomOf(Path root, Path file) {
        String place = root.relativize(file).toString().replace('/', '.');
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
