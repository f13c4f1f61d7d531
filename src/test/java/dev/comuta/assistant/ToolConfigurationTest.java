package dev.comuta.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    void hidesTheSecretFromAnotherOrigin() {
        ToolConfiguration tool = at("https://crm.example.com/x?b={b}");
        assertFalse(tool.hidesSecretFrom("https://CRM.example.com/y"));
        assertFalse(tool.hidesSecretFrom("https://crm.example.com"));
        assertTrue(tool.hidesSecretFrom("https://crm.example.com.evil.example/x"));
        assertTrue(tool.hidesSecretFrom("http://crm.example.com/x"));
        assertTrue(tool.hidesSecretFrom("https://crm.example.com:8443/x"));
        assertTrue(tool.hidesSecretFrom("https://crm.example.com@evil.example/x"));
    }

    @Test
    void reportsAnInvalidResultPath() {
        ToolConfiguration tool = new ToolConfiguration("GET", "https://h/x", null, null, null, Map.of("a", "$[["));
        Problem problem = assertThrows(Problem.class, tool::requireValidExpressions);
        assertEquals("configuration.result.a", problem.violations().getFirst().field());
    }

    private static ToolConfiguration at(String url) {
        return new ToolConfiguration("GET", url, BEARER, null, null, null);
    }
}
