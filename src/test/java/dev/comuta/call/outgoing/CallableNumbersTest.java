package dev.comuta.call.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which numbers may be called, and the time there. */
class CallableNumbersTest {

    private static final Set<String> BRAZIL = Set.of("BR");

    @ParameterizedTest
    @ValueSource(strings = {"+5511987654321", "5511987654321", "+55 11 3333-4444", "+558001234567", "+551130031234"})
    void telephonesOfTheAllowedCountriesAreCalled(String text) {
        assertTrue(CallableNumbers.require("to", text, BRAZIL).e164().startsWith("+55"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"190", "192", "193", "112", "911", "+55190", "55 192"})
    void emergencyNumbersAreRejectedWithASentence(String text) {
        assertTrue(rejection(text).contains("emergency number"), () -> rejection(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"188", "100", "180", "102", "10315", "*144"})
    void shortNumbersAreRejectedWithASentence(String text) {
        assertTrue(rejection(text).contains("short number"), () -> rejection(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03001234567",
                "0300 123 4567",
                "+553001234567",
                "05001234567",
                "+555001234567",
                "09001234567",
                "+55900123456",
                "+5550012345",
                "+5540041234",
                "+19005551234"
            })
    void numbersForWhichTheCalledPartyChargesAreRejected(String text) {
        assertTrue(rejection(text).contains("charges"), () -> rejection(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12125551234", "+442079460000", "+882161234567", "+37128123456"})
    void otherCountriesAreRejected(String text) {
        assertTrue(rejection(text).contains("country"), () -> rejection(text));
        CallableNumbers.require("to", "+442079460000", Set.of("BR", "GB"));
    }

    @ParameterizedTest
    @CsvSource({
        "+5511987654321, America/Sao_Paulo",
        "+5592987654321, America/Manaus",
        "+5568999876543, America/Rio_Branco",
        "+5565999876543, America/Cuiaba",
        "+442079460000, Europe/Lisbon"
    })
    void theAreaCodeTellsTheTimeZone(String number, String zone) {
        assertEquals(ZoneId.of(zone), NumberZones.of(new PhoneNumber(number), ZoneId.of("Europe/Lisbon")));
    }

    private static String rejection(String text) {
        return assertThrows(Problem.class, () -> CallableNumbers.require("to", text, BRAZIL))
                .getMessage();
    }
}
