package dev.comuta.provider.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.recording.RecordingReport;
import dev.comuta.call.recording.RecordingReport.Source;
import dev.comuta.call.recording.RecordingStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What gateways report about recordings. */
class GatewayRecordingTest {

    private static final Hook MESSAGE = new Hook(Hook.Kind.RECORDED, 7, "p-1-0");
    private static final Hook CONVERSATION = new Hook(Hook.Kind.RECORDING, 7, "p-0-0");

    @Test
    void aMessageOnTheVoicemail() {
        assertEquals(
                new RecordingReport(
                        "RE1",
                        Source.VOICEMAIL,
                        RecordingStatus.RECORDED,
                        "https://gateway/1.wav",
                        1,
                        Duration.ofSeconds(9),
                        null),
                read(MESSAGE, """
                {"recordingSid": "RE1", "recordingUrl": "https://gateway/1.wav", "recordingDuration": 9}"""));
    }

    @Test
    void namesWithUnderscoresAndNoIdAreRead() {
        RecordingReport report = read(CONVERSATION, """
                {"recording_url": "https://gateway/1.wav", "recording_channels": 2}""");

        assertEquals("RECORDING-p-0-0", report.providerId());
        assertEquals(Source.DIAL, report.source());
        assertEquals(2, report.channels());
        assertNull(report.duration());
    }

    @Test
    void noUrlIsNoRecording() {
        assertNull(read(MESSAGE, "{}"));
        assertNull(read(CONVERSATION, "{\"recordingStatus\": \"completed\"}"));
    }

    @Test
    void statusesBeforeTheEndNeedNoUrl() {
        assertEquals(
                RecordingStatus.IN_PROGRESS,
                read(CONVERSATION, "{\"recordingStatus\": \"in-progress\"}").status());
        assertEquals(
                RecordingStatus.EMPTY,
                read(CONVERSATION, "{\"recordingStatus\": \"absent\"}").status());
    }

    private static RecordingReport read(Hook hook, String json) {
        return GatewayCallBody.read(json.getBytes(StandardCharsets.UTF_8)).recording(hook);
    }
}
