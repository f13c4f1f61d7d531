package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StorableNumberTest {

    private static final List<String> LONG = List.of(
            "1e300",
            "-1E+300",
            "1e201",
            "1e-250",
            "123e200",
            "1e400",
            "0.1e-40",
            "1e99999999999",
            "1e-99999999999",
            "9".repeat(101));
    private static final List<String> SHORT =
            List.of("0", "-1", "1.5e3", "1e18", "9007199254740993", "-23.5614", "1E-7", "9".repeat(40));

    @Example
    void replacesNumbersOfOtherSystemsThatAreStoredWithTooManyDigits() throws IOException {
        for (String number : LONG) {
            String json = "{\"a\":[" + number + ",{\"b\":" + number + "}],\"" + number + "\":\"\\\"" + number + "\"}";

            assertEquals(
                    number,
                    UntrustedJson.object(Buffer.buffer(json)).getJsonArray("a").getValue(0));
            JsonNode read = UntrustedJson.limited(new ObjectMapper()).reader().readTree(new StringReader(json));
            assertEquals(number, read.at("/a/1/b").textValue());
            assertEquals("\"" + number, read.path(number).textValue());
        }
    }

    @Example
    void keepsOtherNumbers() throws IOException {
        for (String number : SHORT) {
            assertEquals(
                    new ObjectMapper().readTree(number), UntrustedJson.mapper().readTree(number));
        }
    }

    @Property
    void keepsExactlyTheNumbersWhosePlainFormIsShort(@ForAll("numbers") String number) throws IOException {
        String plain = new BigDecimal(number).toPlainString();
        boolean isShort = plain.replaceAll("[-.]", "").length() <= StorableNumber.MAX_DIGITS;
        JsonNode read =
                UntrustedJson.mapper().readTree("{\"a\":" + number + "}").path("a");

        assertTrue(read.isNumber() ? isShort : read.textValue().equals(number) && !isShort, number + " = " + plain);
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> whole = Arbitraries.strings()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(50)
                .map(digits -> digits.replaceFirst("^0*(?=.)", "").replaceFirst("^0", "1"));
        Arbitrary<String> fraction =
                Arbitraries.strings().numeric().ofMaxLength(50).map(d -> d.isEmpty() ? "" : "." + d);
        Arbitrary<String> exponent = Arbitraries.integers().between(-60, 60).map(e -> e == 0 ? "" : "e" + e);
        return Combinators.combine(Arbitraries.of("", "-"), whole, fraction, exponent)
                .as((sign, before, after, shift) -> sign + before + after + shift);
    }
}
