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
import org.junit.jupiter.params.provider.ValueSource;

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
                new Wrong("components[0].samples: must have 2", part("BODY", "Oi {{1}} e {{2}}", "Ana")),
                new Wrong("no variables in a FOOTER", BODY, part("FOOTER", "{{1}}", "a")),
                new Wrong("components[1].samples: must be empty", BODY, part("FOOTER", "SAIR", "a")),
                new Wrong("components[1].type: must be one of", BODY, part("FOO", "x")),
                new Wrong("components[1].format: must be one of", BODY, header("AUDIO", null)),
                new Wrong("components[1].text: is required", BODY, header("TEXT", null)),
                new Wrong("components[1].text: must be null", BODY, header("IMAGE", "Foto", "a")),
                new Wrong("components[1].samples: must have 1", BODY, header("IMAGE", null)),
                new Wrong("at most one variable in a HEADER", BODY, header(null, "{{1}} {{2}}", "a", "b")),
                new Wrong("components[1].text: has at most 60 characters", BODY, part("FOOTER", "a".repeat(61))),
                new Wrong("components[1].text: is required", BODY, part("FOOTER", " ")),
                new Wrong("components[1].buttons: must not be empty", BODY, part("BUTTONS", null)),
                new Wrong("components[1].samples: must have 1", BODY, button("URL", "https://example.com/{{1}}")),
                new Wrong("at most one variable at its end", BODY, button("URL", "https://example.com/{{1}}/a", "x")),
                new Wrong("address with http or https", BODY, button("URL", null)),
                new Wrong("address with http or https", BODY, button("URL", "javascript:1")),
                new Wrong(
                        "buttons[0].text: has at most 25 characters",
                        BODY,
                        buttons(new Action("QUICK_REPLY", "a".repeat(26), null, null))),
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
                part("FOOTER", "Responda SAIR"),
                button("URL", "https://example.com/{{1}}", "102"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMAGE", "VIDEO", "DOCUMENT"})
    void acceptsAHeaderWithASampleFile(String format) {
        assertDoesNotThrow(() -> TemplateRules.require(List.of(BODY, header(format, null, "https://example.com/a"))));
    }

    private static TemplateComponent part(String type, String text, String... samples) {
        return new TemplateComponent(type, null, text, List.of(samples), List.of());
    }

    private static TemplateComponent header(String format, String text, String... samples) {
        return new TemplateComponent("HEADER", format, text, List.of(samples), List.of());
    }

    private static TemplateComponent button(String type, String url, String... samples) {
        return buttons(new Action(type, "Ver", url, null), samples);
    }

    private static TemplateComponent buttons(Action button, String... samples) {
        return new TemplateComponent("BUTTONS", null, null, List.of(samples), List.of(button));
    }
}
