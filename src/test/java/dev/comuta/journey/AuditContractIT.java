package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation of openapi.yaml that changes something adds an entry to the audit. New operations are included. */
class AuditContractIT {

    private static final ApiDescription DESCRIPTION = ApiDescription.read();

    /** Closed list. The documented requests change nothing: the key has this name, and the number is already active. */
    private static final Set<String> CHANGE_NOTHING = Set.of("renameApiKey", "verifyChannel");

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @TestFactory
    Stream<DynamicTest> addsOneEntryToItsChain() {
        return DESCRIPTION
                .operations()
                .filter(operation -> !"GET".equals(operation.method()))
                .filter(operation -> !operation.path().startsWith("/webhooks/"))
                .filter(operation -> !CHANGE_NOTHING.contains(operation.id()))
                // An unknown address changes nothing, and the token is in a mail.
                .filter(operation -> !operation.path().startsWith("/sign-in/"))
                .map(operation -> dynamicTest(operation.toString(), () -> assertEntry(operation)));
    }

    private static void assertEntry(Operation operation) {
        ApiWorld world = new ApiWorld(comuta, DESCRIPTION, operation).prepare();
        String path = world.resolve(operation.path());
        Object before = comuta.value("select coalesce(max(AuditID), 0) from AuditEntries");

        Answer answer = world.send(operation);

        assertEquals(2, answer.status() / 100, operation + " answered " + answer.status() + ": " + answer.body());
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from AuditEntries where AuditID > ? and Action = ? and Target = ? "
                                + "and Sequence is not null and coalesce(ClientID::text, '') = ?",
                        before,
                        operation.id(),
                        path,
                        operation.path().contains("{clientId}") ? world.clientId() : ""),
                operation.toString());
    }
}
