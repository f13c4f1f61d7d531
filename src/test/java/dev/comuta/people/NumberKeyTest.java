package dev.comuta.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the database for the forms of phone numbers are those of {@link PhoneNumber}. */
class NumberKeyTest {

    private static final List<String> COUNTRIES = List.of("55", "551", "52", "521", "54", "549", "225", "229", "1");

    private static Vertx vertx;
    private static SandboxPostgres postgres;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions.on(vertx, postgres);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void theDatabaseComputesTheSameKeys() {
        Random random = new Random(7);
        List<String> numbers = COUNTRIES.stream()
                .flatMap(country -> random.ints(400, 0, 1_000_000_000)
                        .mapToObj(digits ->
                                "+" + country + "%010d".formatted(digits * 7L).substring(digits % 3)))
                .toList();

        assertEquals(
                numbers.stream()
                        .map(number -> new PhoneNumber(number).identityKey())
                        .toList(),
                postgres
                        .query("select comuta_number_key(n) as key from unnest(?::text[]) n", (Object)
                                numbers.toArray(String[]::new))
                        .stream()
                        .map(row -> row.get("key"))
                        .toList());
        assertTrue(numbers.stream()
                        .filter(number -> !new PhoneNumber(number).identityKey().equals(number))
                        .count()
                > 200);
    }

    /** An erasure searches for all of them. */
    @Test
    void theSpellingsOfANumberAreAllItsForms() {
        Stream.of(
                        List.of("+551188887777", "+5511988887777"),
                        List.of("+5215512345678", "+525512345678"),
                        List.of("+5491151234567", "+541151234567"),
                        List.of("+22518139912", "+2250718139912"),
                        List.of("+22997123456", "+2290197123456"))
                .forEach(forms -> forms.forEach(form -> assertEquals(
                        forms.stream()
                                .flatMap(number -> Stream.of(number, number.substring(1)))
                                .sorted()
                                .toList(),
                        spellings(form))));
        assertEquals(List.of("Maria"), spellings("Maria"));
    }

    private static List<String> spellings(String name) {
        return postgres.query("select s from comuta_spellings(?) s", name).stream()
                .map(row -> (String) row.get("s"))
                .sorted()
                .toList();
    }
}
