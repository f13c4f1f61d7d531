package dev.comuta.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.Contracts;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.provider.openai.OpenAiCompletion.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiCompletionTest {

    @Test
    void readsPublishedExamples() throws IOException {
        Path file = Contracts.file("openai/examples.json");
        JsonArray examples = new JsonObject(Files.readString(file)).getJsonArray("/chat/completions");

        assertEquals(
                new OpenAiCompletion("Hello! How can I assist you today?", List.of(), 29),
                OpenAiCompletion.of(response(examples, "Default")));
        Call weather = new Call("call_abc123", "get_current_weather", new JsonObject().put("location", "Boston, MA"));
        assertEquals(
                new OpenAiCompletion(null, List.of(weather), 99), OpenAiCompletion.of(response(examples, "Functions")));
    }

    @Test
    void readsCallsWhateverTheFinishReason() {
        OpenAiCompletion completion = OpenAiCompletion.of("""
                {"choices": [{"finish_reason": "stop", "message": {"content": "Um momento.", "tool_calls": [
                   {"index": 0, "id": "a", "function": {"name": "x", "arguments": "{}"}},
                   {"index": 0, "id": "a", "function": {"name": "y", "arguments": "{}"}}]}}]}""");

        assertEquals(
                List.of("x", "y"), completion.calls().stream().map(Call::tool).toList());
    }

    @Test
    void readsATextWhateverTheFinishReason() {
        OpenAiCompletion completion = OpenAiCompletion.of("""
                {"choices": [{"finish_reason": "tool_calls", "message": {"content": "Oi", "tool_calls": []}}]}""");

        assertEquals(new OpenAiCompletion("Oi", List.of(), 0), completion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"{\\\"b\\\": 1}\"", "{\"b\": 1}", "\" {\\\"b\\\":1} \""})
    void readsArgumentsAsTextOrObject(String arguments) {
        assertEquals(new JsonObject().put("b", 1), callWith(arguments).arguments());
    }

    @Test
    void readsArgumentsThatAreEncodedTwice() {
        String twice = Json.encode(Json.encode("{\"b\": 1}"));

        assertEquals(new JsonObject().put("b", 1), callWith(twice).arguments());
        assertEquals(new JsonObject(), callWith(Json.encode("\"\"")).arguments());
    }

    @Test
    void callsAToolThatTheServerLeftInTheText() {
        String call = "<tool_call>{\"name\": \"x\", \"arguments\": {\"b\": 1}}</tool_call>";
        OpenAiCompletion completion = OpenAiCompletion.of(answer("stop", "<think>x?</think>" + call));

        assertEquals(List.of(new Call(null, "x", new JsonObject().put("b", 1))), completion.calls());
        assertNull(completion.text());
    }

    @Test
    void readsTheFormerFunctionCall() {
        OpenAiCompletion completion = OpenAiCompletion.of("""
                {"choices": [{"finish_reason": "function_call", "message": {"content": null,
                   "function_call": {"name": "x", "arguments": "{}"}}}]}""");

        assertEquals(List.of(new Call(null, "x", new JsonObject())), completion.calls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"content_filter", "content_filter: SAFETY", "SAFETY", "sensitive", "guardrail_intervened"})
    void failsPermanentlyWhenTheAnswerIsWithheld(String reason) {
        assertThrows(PermanentFailure.class, () -> OpenAiCompletion.of(answer(reason, "Metade de")));
        assertThrows(PermanentFailure.class, () -> OpenAiCompletion.of(answer(reason, "")));
    }

    @Test
    void saysWhenTheModelReachedItsGreatestLength() {
        assertTrue(OpenAiCompletion.of(answer("length", "Metade de")).cut());
        assertFalse(OpenAiCompletion.of(answer("stop", "Inteira.")).cut());
        assertThrows(PermanentFailure.class, () -> OpenAiCompletion.of(answer("length", "<think>muito")));
        assertThrows(TransientFailure.class, () -> OpenAiCompletion.of(answer("stop", "<think>muito")));
        assertThrows(TransientFailure.class, () -> OpenAiCompletion.of(answer("error", "Metade de")));
    }

    private static String answer(String reason, String text) {
        JsonObject message = JsonObject.of("role", "assistant", "content", text);
        JsonObject choice = JsonObject.of("index", 0, "finish_reason", reason, "message", message);
        return JsonObject.of("choices", JsonArray.of(choice)).encode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "null", "{}", "\"{}\""})
    void readsEmptyArgumentsAsNone(String arguments) {
        assertEquals(new JsonObject(), callWith(arguments).arguments());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"{not json\"", "\"[1]\"", "[1]", "7", "\"null\"", "\"{} {}\""})
    void readsInvalidArgumentsAsNull(String arguments) {
        assertNull(callWith(arguments).arguments());
    }

    @Test
    void readsACallWithoutIdAndWithoutArguments() {
        OpenAiCompletion completion = OpenAiCompletion.of("""
                {"choices": [{"message": {"content": null, "tool_calls": [{"function": {"name": "x"}}]}}]}""");

        assertEquals(new Call(null, "x", new JsonObject()), completion.calls().getFirst());
    }

    @Test
    void readsPartsOfATextAndRefusals() {
        assertEquals("Bom dia", OpenAiCompletion.of("""
                {"choices": [{"message": {"content": [{"type": "text", "text": "Bom "}, {"type": "text", "text": "dia"}]}}]}""").text());
        assertEquals("Não posso.", OpenAiCompletion.of("""
                {"choices": [{"message": {"content": null, "refusal": "Não posso."}}]}""").text());
        assertEquals("Oi", OpenAiCompletion.of("""
                {"choices": [{"message": {"content": [{"type": "reasoning", "text": "Hm"}, {"type": "output_text", "text": "Oi"}]}}]}""").text());
    }

    @Test
    void cutsATextToTheLengthOfAMessageWithoutSplittingAnEmoji() {
        assertNull(OpenAiCompletion.storable(" \n"));
        assertEquals(4096, OpenAiCompletion.storable("a".repeat(5000)).length());
        assertEquals("a".repeat(4094) + "…", OpenAiCompletion.storable("a".repeat(4094) + "\uD83D\uDE00".repeat(9)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": {\"content\": null}}]}",
                "{\"choices\": [{\"message\": {\"content\": \"\", \"tool_calls\": null}}]}"
            })
    void treatsAnAnswerWithoutContentAsTransient(String body) {
        assertThrows(TransientFailure.class, () -> OpenAiCompletion.of(body));
    }

    @Test
    void classifiesAnErrorInABodyOfStatus200() {
        assertInstanceOf(PermanentFailure.class, errorInBody("{\"code\": \"insufficient_quota\"}"));
        assertInstanceOf(PermanentFailure.class, errorInBody("{\"code\": 401, \"message\": \"no\"}"));
        assertInstanceOf(TransientFailure.class, errorInBody("{\"code\": 502}"));
        assertInstanceOf(TransientFailure.class, errorInBody("\"model is loading\""));
    }

    @Test
    void distinguishesAnExhaustedQuotaFromARateLimit() {
        Duration wait = Duration.ofSeconds(7);
        RuntimeException quota =
                OpenAiErrors.of(new HttpAnswer(429, wait, error("insufficient_quota", "insufficient_quota")));
        RuntimeException busy = OpenAiErrors.of(new HttpAnswer(429, wait, error("rate_limit_exceeded", "requests")));

        assertInstanceOf(PermanentFailure.class, quota);
        assertEquals(
                Optional.of(wait),
                assertInstanceOf(TransientFailure.class, busy).retryAfter());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void treatsOtherClientErrorsAsPermanent(int status) {
        assertInstanceOf(
                PermanentFailure.class, OpenAiErrors.of(new HttpAnswer(status, null, Buffer.buffer("no json"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 529})
    void treatsOutagesAsTransient(int status) {
        assertInstanceOf(TransientFailure.class, OpenAiErrors.of(new HttpAnswer(status, null, Buffer.buffer())));
    }

    @Test
    void treatsAMalformedToolCallOfTheModelAsTransient() {
        RuntimeException malformed =
                OpenAiErrors.of(new HttpAnswer(400, null, error("tool_use_failed", "invalid_request_error")));

        assertInstanceOf(TransientFailure.class, malformed);
    }

    @Test
    void hidesTheErrorMessageOfTheServer() {
        Buffer body =
                Buffer.buffer("{\"error\": {\"code\": \"Incorrect key sk-segredo\", \"message\": \"sk-segredo\"}}");
        RuntimeException refusal = OpenAiErrors.of(new HttpAnswer(401, null, body));

        assertFalse(refusal.getMessage().contains("segredo"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("401"));
    }

    private static Call callWith(String arguments) {
        return OpenAiCompletion.of("{\"choices\": [{\"message\": {\"tool_calls\": [{\"id\": \"a\", \"function\": "
                        + "{\"name\": \"x\", \"arguments\": " + arguments + "}}]}}]}")
                .calls()
                .getFirst();
    }

    private static RuntimeException errorInBody(String error) {
        return assertThrows(RuntimeException.class, () -> OpenAiCompletion.of("{\"error\": " + error + "}"));
    }

    private static Buffer error(String code, String type) {
        JsonObject error =
                new JsonObject().put("message", "…").put("code", code).put("type", type);
        return new JsonObject().put("error", error).toBuffer();
    }

    private static String response(JsonArray examples, String title) {
        return examples.stream()
                .map(JsonObject.class::cast)
                .filter(example -> title.equals(example.getString("title")))
                .findFirst()
                .orElseThrow()
                .getString("response");
    }
}
