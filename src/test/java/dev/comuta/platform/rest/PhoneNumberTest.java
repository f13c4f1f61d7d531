package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource({
        "+5511999999999, +5511999999999",
        "(11) 98888-8888, +5511988888888",
        "011 98888-8888, +5511988888888",
        "+1 650-253-0000, +16502530000"
    })
    void readsUsualSpellings(String text, String e164) {
        assertEquals(e164, PhoneNumber.parse("phoneNumber", text).e164());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"abc", "12", "+", "+5511999999999999999"})
    void rejectsOtherTextsAndNamesTheField(String text) {
        Problem problem = assertThrows(Problem.class, () -> PhoneNumber.parse("to", text));
        assertEquals("to", problem.violations().getFirst().field());
    }

    @Test
    void returnsNullForAnAbsentNumber() {
        assertNull(PhoneNumber.e164OrNull("phoneNumber", null));
    }

    @Property
    void findsOnePersonWithAndWithoutTheNinthDigit(
            @ForAll @IntRange(min = 11, max = 99) int area,
            @ForAll @IntRange(min = 60000000, max = 99999999) int number) {
        PhoneNumber old = new PhoneNumber("+55" + area + number);
        PhoneNumber mobile = new PhoneNumber("+55" + area + "9" + number);
        assertEquals(mobile.e164(), old.identityKey());
        assertEquals(mobile.e164(), mobile.identityKey());
    }

    @Property
    void doesNotChangeLandlines(
            @ForAll @IntRange(min = 11, max = 99) int area,
            @ForAll @IntRange(min = 20000000, max = 59999999) int number) {
        PhoneNumber landline = new PhoneNumber("+55" + area + number);
        assertEquals(landline.e164(), landline.identityKey());
    }

    @Test
    void doesNotChangeNumbersOfOtherCountries() {
        assertEquals("+16502530000", new PhoneNumber("+16502530000").identityKey());
    }
}
