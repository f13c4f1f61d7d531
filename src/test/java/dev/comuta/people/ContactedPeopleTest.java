package dev.comuta.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People to whom a client can write first. */
class ContactedPeopleTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void aNumberOrAnAddressAtTheProviderIsEnough() {
        assertEquals(
                "+5511988887777",
                reach(add("'+5511988887777', 'Ativo'")).orElseThrow().e164());
        long hidden = add("null, 'Ativo'");
        postgres.query(
                "insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (1, 'bsuid', 'BR.1', ?)",
                hidden);
        assertEquals(Optional.empty(), reach(hidden));
        assertEquals(Optional.empty(), reach(add("null, 'Ativo'"), true));
    }

    @Test
    void nobodyIsReachedWithoutEither() {
        Problem problem = assertThrows(Problem.class, () -> reach(add("null, 'Ativo'")));
        assertEquals(ProblemType.INVALID, problem.type());
    }

    @Test
    void nobodyWritesToThoseWhoAreInactive() {
        Problem problem = assertThrows(Problem.class, () -> reach(add("'+5511988886666', 'Inativo'")));
        assertEquals(ProblemType.CONFLICT, problem.type());
        assertEquals("phoneNumber: the end user is 'Inativo'", problem.getMessage());
    }

    private static long add(String values) {
        return (Long) postgres.value("insert into ClientEndUsers (ClientID, PhoneNumber, Status) values (1, " + values
                + ") returning EndUserID");
    }

    private static Optional<PhoneNumber> reach(long endUserId) {
        return reach(endUserId, false);
    }

    private static Optional<PhoneNumber> reach(long endUserId, boolean hasAddress) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> new ContactedPeople(null)
                        .requireReachable(tx, 1, endUserId, hasAddress, "phoneNumber"))
                .await()
                .atMost(Duration.ofSeconds(30));
    }
}
