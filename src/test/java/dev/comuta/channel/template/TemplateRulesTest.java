package dev.comuta.channel.template;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.template.TemplateComponent.Action;
import dev.comuta.platform.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates that WhatsApp refuses when they are created. */
class TemplateRulesTest {

    private static final TemplateComponent BODY = part("BODY", "Oi");

    record Wrong(String objection, List<TemplateComponent> parts) {

        Wrong(String objection, TemplateComponent... parts) {
            this(objection, List.of(parts));
        }
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong("must contain a part BODY", part("HEADER", "Oi")),
                new Wrong("at most one part BODY", BODY, BODY),
                new Wrong("{{1}} is missing", part("BODY", "Oi {{2}}", "Ana")),
                new Wrong("{{2}} is missing", part("BODY", "{{1}} e {{3}}", "a", "b")),
                new Wrong("a sample of each of the 2 variables", part("BODY", "Oi {{1}} e {{2}}", "Ana")),
                new Wrong("no variables in a FOOTER", BODY, part("FOOTER", "{{1}}", "a")),
                new Wrong("address with http or https", BODY, button("URL", null)),
                new Wrong("address with http or https", BODY, button("URL", "javascript:1")),
                new Wrong("is required for a button PHONE_NUMBER", BODY, button("PHONE_NUMBER", null)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesWhatIsWrong(Wrong wrong) {
        Problem problem = assertThrows(Problem.class, () -> TemplateRules.require(wrong.parts()));
        assertTrue(String.valueOf(problem.getMessage()).contains(wrong.objection()), problem.getMessage());
    }

    @Test
    void acceptsNumberedAndNamedVariables() {
        assertDoesNotThrow(() -> TemplateRules.require(List.of(
                part("HEADER", "Visita {{1}}", "102"),
                part("BODY", "Olá {{nome}}, {{dia}}. Até {{dia}}!", "Ana", "sábado"),
                button("URL", "https://example.com/{{1}}"))));
    }

    private static TemplateComponent part(String type, String text, String... samples) {
        return new TemplateComponent(type, null, text, List.of(samples), List.of());
    }

    private static TemplateComponent button(String type, String url) {
        return new TemplateComponent("BUTTONS", null, null, List.of(), List.of(new Action(type, "Ver", url, null)));
    }
}
