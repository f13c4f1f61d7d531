package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        "5511999999999, +5511999999999",
        "' 5511999999999', +5511999999999",
        "+55 (11) 98888-8888, +5511988888888",
        "\u202A+55 11 98888\u20118888\u202C, +5511988888888",
        "+55 11 8888-8888, +551188888888",
        "+1 650-253-0000, +16502530000",
        "14155238886, +14155238886",
        "+521 55 1234 5678, +5215512345678",
        "525512345678, +525512345678",
        "+5491151234567, +5491151234567",
        "+225 18139912, +22518139912",
        "+22997123456, +22997123456"
    })
    void readsNumbersWithTheirCountryCode(String text, String e164) {
        assertEquals(e164, PhoneNumber.parse("phoneNumber", text).e164());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "abc",
                "12",
                "+",
                "+5511999999999999999",
                "(11) 98888-8888",
                "011 98888-8888",
                "11 98888-8888",
                "+55 11 9COMPRE-JA",
                "1-800-FLOWERS",
                "+55119",
                "+15550783881",
                "++5511999999999",
                "+5511999999999 ramal 3"
            })
    void rejectsOtherTextsAndNamesTheField(String text) {
        Problem problem = assertThrows(Problem.class, () -> PhoneNumber.parse("to", text));
        assertEquals("to", problem.violations().getFirst().field());
    }

    @Test
    void keepsAStoredNumberThatIsNotValid() {
        assertNull(PhoneNumber.e164OrNull("phoneNumber", null, "+1"));
        assertEquals("+15550783881", PhoneNumber.e164OrNull("phoneNumber", "+15550783881", "+15550783881"));
        assertThrows(Problem.class, () -> PhoneNumber.e164OrNull("phoneNumber", "+15550783881", "+1"));
    }

    @ParameterizedTest
    @CsvSource({
        "15550783881, +15550783881",
        "+5514155238886, +5514155238886",
        "99999999999999999, +99999999999999999",
        "+55 11 98888-8888, +5511988888888"
    })
    void takesTheDigitsOfAProviderAsTheyAre(String text, String e164) {
        assertEquals(e164, PhoneNumber.received(text).e164());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"1234", "BR.13491208655302741918", "+55119COMPRE", "123456789012345678901"})
    void readsNoNumberInOtherTextsOfProviders(String text) {
        assertNull(PhoneNumber.received(text));
    }

    @ParameterizedTest
    @CsvSource({
        "+5215512345678, +525512345678",
        "+5491151234567, +541151234567",
        "+22501139912, +2250101139912",
        "+22545139912, +2250545139912",
        "+22518139912, +2250718139912",
        "+22997123456, +2290197123456"
    })
    void findsOnePersonByAllFormsOfANumber(String form, String key) {
        assertEquals(key, new PhoneNumber(form).identityKey());
        assertEquals(key, new PhoneNumber(key).identityKey());
        assertTrue(new PhoneNumber(form).isSame(PhoneNumber.parse("phoneNumber", key)));
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
