package dev.comuta.platform.security;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** The table of permissions in docs/security.md equals the code, for every operation. */
class PermissionTableTest {

    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final String HEAD =
            "| operation | scope | platform | administrator | broker | read-only | webhook |";
    private static final List<Role> COLUMNS =
            List.of(Role.PLATFORM, Role.ADMINISTRATOR, Role.BROKER, Role.READER, Role.WEBHOOK);

    private static final List<JavaMethod> OPERATIONS = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests()).importPackages("dev.comuta").stream()
                    .filter(c -> c.isAnnotatedWith(jakarta.ws.rs.Path.class))
                    .flatMap(c -> c.getMethods().stream())
                    .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                    .toList();

    @Test
    void hasARowForEveryOperationAndForNothingElse() throws IOException {
        assertEquals(
                OPERATIONS.stream().map(PermissionTableTest::row).sorted().collect(joining("\n")),
                rows().sorted().collect(joining("\n")),
                () -> "docs/security.md and the permissions of the code differ");
    }

    @Test
    void namesEveryOperationAndWhatItRequires() {
        assertTrue(OPERATIONS.size() > 60);
        OPERATIONS.forEach(method -> {
            assertTrue(method.isAnnotatedWith(Operation.class), method + " has no @Operation");
            assertTrue(method.isAnnotatedWith(Requires.class), method + " has no @Requires");
        });
    }

    private static String row(JavaMethod method) {
        Permission permission = method.getAnnotationOfType(Requires.class).value();
        String name = method.getAnnotationOfType(Operation.class).operationId();
        String access = permission == Permission.OPEN
                ? COLUMNS.stream().map(role -> "no key").collect(joining(" | "))
                : COLUMNS.stream().map(role -> permission.of(role).word()).collect(joining(" | "));
        return "| `" + name + "` | " + permission.scope() + " | " + access + " |";
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"));
    }
}
