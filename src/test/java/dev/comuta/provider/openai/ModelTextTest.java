package dev.comuta.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.comuta.provider.openai.OpenAiCompletion.Call;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models and their servers leave in the text of an answer. */
class ModelTextTest {

    private static final Call SEARCH = new Call(null, "buscar", new JsonObject().put("bairro", "Centro"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "Olá! ~ Olá!",
                "<think>O cliente diz oi.</think>Olá! ~ Olá!",
                "<THINK> a </Think> Olá! ~ Olá!",
                "O cliente diz oi.</think>Olá! ~ Olá!",
                "<think>a</think>Olá! <thinking>b</thinking>Tudo bem? ~ Olá! Tudo bem?",
                "<think>sem fim, cortado ~ ``",
                "Olá!<think>sem fim ~ Olá!",
                "[THINK]a[/THINK]Olá! ~ Olá!",
                "◁think▷a◁/think▷Olá! ~ Olá!",
                "Olá!<|im_end|> ~ Olá!",
                "<|im_start|>assistantOlá!<|im_end|><|im_start|>userQuero<|im_end|> ~ Olá!",
                "<|start_header_id|>assistant<|end_header_id|> Olá!<|eot_id|> ~ Olá!",
                "<s> Olá!</s> ~ Olá!",
                "<s>de 100</s> por 80 ~ de 100</s> por 80",
                "<start_of_turn>model Olá!<end_of_turn><start_of_turn>user Quero ~ Olá!",
                "<|endoftext|>Olá!<|endoftext|>Outra coisa ~ Olá!",
                "Olá!<｜end▁of▁sentence｜> ~ Olá!",
                "[INST] oi [/INST] Olá! ~ oi  Olá!",
                "<|channel|>analysis<|message|>Pensa.<|end|><|start|>assistant<|channel|>final<|message|>Olá!<|return|> ~ Olá!",
                "<|channel|>analysis<|message|>Só pensa.<|end|> ~ ``",
                "Custa < 3 e > 2, 100% ~ Custa < 3 e > 2, 100%",
                "Veja {bairro} e [1] ~ Veja {bairro} e [1]",
                "Preço: {\"valor\": 3} ~ Preço: {\"valor\": 3}",
            })
    void keepsOnlyWhatTheEndUserMayRead(String raw, String text) {
        assertEquals(new ModelText(text, List.of()), ModelText.of(raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}",
                "{\"name\": \"buscar\", \"parameters\": {\"bairro\": \"Centro\"}}",
                "{\"name\": \"buscar\", \"arguments\": \"{\\\"bairro\\\": \\\"Centro\\\"}\"}",
                "{\"type\": \"function\", \"function\": {\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}}",
                "{\"tool_calls\": [{\"id\": \"a\", \"function\": {\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}}]}",
                "{\"function_call\": {\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}}",
                "{\"tool\": \"buscar\", \"args\": {\"bairro\": \"Centro\"}}",
                "[{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}]",
                "```json\n{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}\n```",
                "<tool_call>\n{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}\n</tool_call>",
                "[TOOL_CALLS][{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}]",
                "<|python_tag|>{\"name\": \"buscar\", \"parameters\": {\"bairro\": \"Centro\"}}<|eom_id|>",
                "functools[{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}]",
                "<think>Preciso buscar.</think>{\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Centro\"}}"
            })
    void readsACallThatTheServerLeftInTheText(String raw) {
        assertEquals(new ModelText("", List.of(SEARCH)), ModelText.of(raw));
    }

    @Test
    void keepsTheTextBesideACall() {
        ModelText said = ModelText.of("Um momento. <tool_call>{\"name\": \"buscar\", \"arguments\": "
                + "{\"bairro\": \"Centro\"}}</tool_call> <tool_call>{\"name\": \"b\", \"arguments\": {}}</tool_call>");

        assertEquals("Um momento.", said.text());
        assertEquals(List.of(SEARCH, new Call(null, "b", new JsonObject())), said.calls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"buscar\", \"arguments\": {\"bair",
                "Vou ver. {\"name\": \"buscar\", \"arguments\": {\"bairro\": \"Cen",
                "<function=buscar><parameter=bairro>Centro</parameter></function>",
                "<function=buscar>{\"bairro\": \"Centro\"}</function>",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>buscar\n```json\n{\"bairro\": \"Centro\"}\n```",
                "{\"name\": \"buscar\", \"arguments\": {bairro: 'Centro'}}"
            })
    void neverShowsACallThatCannotBeRead(String raw) {
        String text = ModelText.of(raw).text();

        assertEquals(raw.startsWith("Vou ver.") ? "Vou ver." : "", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<think>",
                "</think>",
                "<|end|>",
                "{\"",
                "{\"a\":{",
                "[[[[",
                "```json",
                "<|channel|>final",
                "{\"name\":"
            })
    void needsLinearTime(String part) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> ModelText.of(part.repeat(500_000 / part.length()) + "x"));
    }

    @Property(tries = 300)
    void neverShowsATokenOrAThought(@ForAll @Size(max = 8) List<@From("pieces") String> pieces) {
        String text = ModelText.of(String.join("", pieces)).text();

        assertFalse(text.contains("segredo"), text);
        assertFalse(text.contains("<|im_end|>"), text);
        assertFalse(text.contains("\"arguments\""), text);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                "Olá ",
                "<think>segredo</think>",
                "<|im_end|>",
                "<|im_start|>assistant\n",
                "{\"name\": \"b\", \"arguments\": {}}",
                "<tool_call>",
                "```json\n",
                "{",
                "[");
    }
}
