package dev.comuta.provider.twilio.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.provider.twilio.relay.Command.End;
import dev.comuta.provider.twilio.relay.Command.Reason;
import dev.comuta.provider.twilio.relay.Command.Say;
import dev.comuta.provider.twilio.relay.Frames.NotAFrame;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    @Test
    void readsTheSetup() throws NotAFrame {
        assertEquals(new Frame.Setup("VX1", "AC1", "CA1"), Frames.read("""
                        {"type":"setup","sessionId":"VX1","accountSid":"AC1","callSid":"CA1","parentCallSid":"",
                         "from":"+5511","to":"+5512","direction":"inbound","customParameters":{"k":"v"}}"""));
    }

    @Test
    void readsPrompts() throws NotAFrame {
        Frame.Prompt whole = (Frame.Prompt) Frames.read("""
                {"type":"prompt","voicePrompt":"Oi","lang":"pt-BR","last":true,"agentSpeaking":false}""");
        Frame.Prompt part = (Frame.Prompt) Frames.read("{\"type\":\"prompt\",\"voicePrompt\":\"Oi\",\"last\":false}");
        assertEquals("Oi", whole.text());
        assertTrue(whole.isLast());
        assertFalse(part.isLast());
        assertTrue(((Frame.Prompt) Frames.read("{\"type\":\"prompt\"}")).isLast());
    }

    @Test
    void readsADurationAsNumberAndAsText() throws NotAFrame {
        Frame expected = new Frame.Interrupt("Temos", 460L);
        assertEquals(
                expected,
                Frames.read(
                        "{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"Temos\",\"durationUntilInterruptMs\":460}"));
        assertEquals(
                expected,
                Frames.read(
                        "{\"type\":\"interrupt\",\"utteranceUntilInterrupt\":\"Temos\",\"durationUntilInterruptMs\":\"460\"}"));
    }

    @Test
    void readsNoDigit() throws NotAFrame {
        assertEquals(new Frame.Dtmf(), Frames.read("{\"type\":\"dtmf\",\"digit\":\"7\"}"));
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws NotAFrame {
        assertEquals(new Frame.Unknown(), Frames.read("{\"type\":\"mark\",\"x\":1}"));
        assertEquals(new Frame.News(), Frames.read("{\"type\":\"info\",\"name\":\"agentSpeaking\",\"ts\":1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "[]", "1", "null", "{}", "{\"type\":1}", "{\"type\":\"prompt\",\"voicePrompt\":{}}", "{"
            })
    void rejectsRubbish(String text) {
        assertThrows(NotAFrame.class, () -> Frames.read(text));
    }

    @Test
    void noTextOfAFrameShowsTheCallersWords() {
        assertEquals("Prompt", new Frame.Prompt("segredo", true).toString());
        assertEquals("Interrupt", new Frame.Interrupt("segredo", 1L).toString());
        assertEquals("Hear", new Command.Hear("segredo").toString());
    }

    @Test
    void writesTexts() {
        assertEquals(
                new JsonObject("{\"type\":\"text\",\"token\":\"Diga \\\"oi\\\"\",\"last\":true}"),
                new JsonObject(Frames.write(new Say("Diga \"oi\"", true, false))));
        assertEquals(
                new JsonObject("{\"type\":\"text\",\"token\":\"Um\",\"last\":false,\"preemptible\":true}"),
                new JsonObject(Frames.write(new Say("Um", false, true))));
    }

    @Test
    void writesTheReasonOfTheEndAsText() {
        assertEquals(
                new JsonObject("{\"type\":\"end\",\"handoffData\":\"{\\\"reason\\\":\\\"handoff\\\"}\"}"),
                new JsonObject(Frames.write(new End(Reason.HANDOFF))));
    }
}
