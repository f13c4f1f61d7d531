package dev.comuta.channel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {

    private static final Provider PROVIDER = Provider.of("Operadora", ChannelTypes.WHATSAPP)
            .with(Set.of("account", "token"), Set.of())
            .withInUrls("account");

    @Test
    void acceptsAnAccountAndAToken() {
        assertDoesNotThrow(() -> PROVIDER.requireCredentials(Map.of("account", "AC12", "token", "a/b+c= d")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\0", "a\n", "senhã", "", " "})
    void rejectsATokenThatCannotBeInAHeader(String token) {
        assertEquals("credentials.token", rejected(Map.of("account", "AC12", "token", token)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "..", "a?b", "a b", "a%2Fb"})
    void rejectsAnAccountThatChangesTheUrl(String account) {
        assertEquals("credentials.account", rejected(Map.of("account", account, "token", "t")));
    }

    @Test
    void rejectsACredentialAndAnIdOfAnotherForm() {
        Provider strict = PROVIDER.withFormat("account", "AC[0-9]{2}", "must be AC and two digits")
                .withIdFormat("[0-9]+", "must have digits only");

        assertDoesNotThrow(() -> strict.requireCredentials(Map.of("account", "AC12", "token", "t")));
        Problem form =
                assertThrows(Problem.class, () -> strict.requireCredentials(Map.of("account", "AC123", "token", "t")));
        assertEquals("must be AC and two digits", form.violations().getFirst().message());
        assertDoesNotThrow(() -> strict.requireIds(null, null));
        assertDoesNotThrow(() -> strict.requireIds("12", "Trunk_X"));
        assertThrows(Problem.class, () -> strict.requireIds("12a", null));
    }

    private static String rejected(Map<String, Object> credentials) {
        return assertThrows(Problem.class, () -> PROVIDER.requireCredentials(credentials))
                .violations()
                .getFirst()
                .field();
    }
}
