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

/** Every operation of openapi.yaml that changes something leaves its entry in the audit; one that is new there is asked too. */
class AuditContractIT {

    private static final ApiDescription DESCRIPTION = ApiDescription.read();

    /** Closed list: the documented request repeats the key's name; a number that is proved already is not asked about. */
    private static final Set<String> CHANGE_NOTHING = Set.of("renameApiKey", "verifyChannel");

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @TestFactory
    Stream<DynamicTest> leavesOneEntryInItsChain() {
        return DESCRIPTION
                .operations()
                .filter(operation -> !"GET".equals(operation.method()))
                .filter(operation -> !operation.path().startsWith("/webhooks/"))
                .filter(operation -> !CHANGE_NOTHING.contains(operation.id()))
                // an address that nobody has changes nothing, and the token is in a mail
                .filter(operation -> !operation.path().startsWith("/sign-in/"))
                .map(operation -> dynamicTest(operation.toString(), () -> assertEntry(operation)));
    }

    private static void assertEntry(Operation operation) {
        ApiWorld world = new ApiWorld(comuta, DESCRIPTION, operation).prepared();
        String place = world.place(operation.path());
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
                        place,
                        operation.path().contains("{clientId}") ? world.clientId() : ""));
    }
}
