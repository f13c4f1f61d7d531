package dev.comuta.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.comuta.platform.rest.PhoneNumber;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    private static final PhoneNumber CALLED = new PhoneNumber("+551130001234");
    private static final PhoneNumber PERSON = new PhoneNumber("+5511987654321");

    @ParameterizedTest
    @CsvSource({
        "+5511987654321",
        "5511987654321",
        "+551187654321",
        "011987654321",
        "01511987654321",
        "0151187654321",
        "01187654321",
        "11987654321"
    })
    void recognizesOneCallerInItsForms(String text) {
        assertEquals(PERSON.identityKey(), Caller.of(text, CALLED).number().identityKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anonymous",
                "Restricted",
                "+266696687",
                "-1",
                "sip:anonymous@anonymous.invalid",
                "anonymous@anonymous.invalid"
            })
    void aWithheldNumberIsNobody(String text) {
        assertNull(Caller.of(text, CALLED).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001", "sip:ramal@empresa.example"})
    void anExtensionIsShownAndHasNoPerson(String text) {
        assertEquals(new Caller(null, text), Caller.of(text, CALLED));
    }
}
