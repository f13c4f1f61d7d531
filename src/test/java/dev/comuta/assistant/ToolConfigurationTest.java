package dev.comuta.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolConfigurationTest {

    private static final Authentication BEARER = new Authentication("bearer", "segredo", "sobra", null, null, null);

    @Test
    void keepsOnlyTheFieldsOfTheAuthenticationType() {
        Authentication complete = at("https://crm.example.com/x").complete().authentication();
        assertEquals("segredo", complete.token());
        assertNull(complete.username());
    }

    @Test
    void reportsAMissingAuthenticationField() {
        Authentication incomplete = new Authentication("basic", null, "u", null, null, null);
        Problem problem = assertThrows(Problem.class, incomplete::complete);
        assertEquals(
                "configuration.authentication.password",
                problem.violations().getFirst().field());
    }

    @Test
    void keepsTheSecretOutOfResponsesAndToString() {
        assertEquals(new Authentication("bearer", null, null, null, null, null), BEARER.withoutSecret());
        assertFalse(BEARER.toString().contains("segredo"));
    }

    @Test
    void masksTheValuesOfHeadersAndQueryParameters() {
        ToolConfiguration tool = new ToolConfiguration(
                "GET",
                "https://h/v1/x?key=s3cret&b={b}&f=a{b}&z=&t=1#s",
                BEARER,
                Map.of("X-Api-Key", "s3cret"),
                null,
                null,
                null);

        ToolConfiguration masked = tool.masked();

        assertEquals("https://h/v1/x?key=***&b={b}&f=***{b}&***&t=***#***", masked.url());
        assertEquals(Map.of("X-Api-Key", "***"), masked.headers());
        assertFalse(masked.toString().contains("s3cret"));
        assertEquals(tool, masked.with(tool.secrets()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/x, https://h/x",
        "https://h/{a}/x?b={b}&{c}, https://h/{a}/x?b={b}&{c}",
        "https://h/?k=SECRET{a}, https://h/?k=***{a}",
        "https://h/?k={a}SECRET, https://h/?k={a}***",
        "https://h/?k={a}SECRET{b}SECRET, https://h/?k={a}***{b}***",
        "https://h/?k=SECRET{SECRET, https://h/?k=***",
        "https://h/?k=S=ECRET;S/E?CRET, https://h/?k=***",
        "https://h/?SECRET, https://h/?***",
        "https://h/?SECRET==, https://h/?***",
        "https://h/#access_token=SECRET&b={b}, https://h/#access_token=***&b={b}",
        "https://h/x;jsessionid=SECRET;v={v}/y?a=$1\\, https://h/x;jsessionid=***;v={v}/y?a=***",
        "https://user:SECRET@h/@x, https://***@h/@x",
    })
    void keepsOnlyNamesAndPlaceholdersOfParametersInAUrl(String url, String masked) {
        assertEquals(masked, at(url).masked().url());
    }

    @Test
    void completesAStoredConfigurationWithItsSecrets() {
        JsonObject stored =
                JsonObject.of("method", "GET", "url", "https://h/?k=***", "headers", JsonObject.of("A", "***"));
        JsonObject secrets = JsonObject.of("url", "https://h/?k=v", "headers", JsonObject.of("A", "b"));

        assertEquals(secrets.copy().put("method", "GET"), ToolSecrets.complete(stored, secrets));
        assertEquals(stored, ToolSecrets.complete(stored, new JsonObject()));
    }

    @Test
    void rejectsAMaskAsAValue() {
        ToolConfiguration tool = at("https://h/x?key=***");
        assertEquals(
                "configuration.url",
                assertThrows(Problem.class, tool::complete)
                        .violations()
                        .getFirst()
                        .field());
        ToolConfiguration headers =
                new ToolConfiguration("GET", "https://h/", null, Map.of("X-Api-Key", "***"), null, null, null);
        assertEquals(
                "configuration.headers.X-Api-Key",
                assertThrows(Problem.class, headers::complete)
                        .violations()
                        .getFirst()
                        .field());
    }

    @Test
    void hidesTheSecretFromAnotherOrigin() {
        ToolConfiguration tool = at("https://crm.example.com/x?b={b}");
        assertFalse(tool.isElsewhere("https://CRM.example.com/y"));
        assertFalse(tool.isElsewhere("https://crm.example.com"));
        assertTrue(tool.isElsewhere("https://crm.example.com.evil.example/x"));
        assertTrue(tool.isElsewhere("http://crm.example.com/x"));
        assertTrue(tool.isElsewhere("https://crm.example.com:8443/x"));
        assertTrue(tool.isElsewhere("https://crm.example.com@evil.example/x"));
    }

    @Test
    void reportsAnInvalidResultPath() {
        ToolConfiguration tool =
                new ToolConfiguration("GET", "https://h/x", null, null, null, Map.of("a", "$[["), null);
        Problem problem = assertThrows(Problem.class, tool::requireValidExpressions);
        assertEquals("configuration.result.a", problem.violations().getFirst().field());
    }

    @Test
    void namesAPlaceholderThatTheParametersDoNotDeclare() {
        Map<String, Object> parameters = Map.of("properties", Map.of("bairro", Map.of("type", "string")));
        ToolConfiguration tool =
                new ToolConfiguration("GET", "https://h/x?b={bairro}&c={comissao}", null, null, parameters, null, null);

        Problem problem = assertThrows(Problem.class, tool::requireValidExpressions);

        assertEquals("configuration.url", problem.violations().getFirst().field());
        assertTrue(problem.violations().getFirst().message().contains("{comissao}"));
        assertThrows(Problem.class, () -> at("https://h/x?b={").requireValidExpressions());
        at("https://h/{a}?b={b}").requireValidExpressions();
    }

    private static ToolConfiguration at(String url) {
        return new ToolConfiguration("GET", url, BEARER, null, null, null, null);
    }
}
