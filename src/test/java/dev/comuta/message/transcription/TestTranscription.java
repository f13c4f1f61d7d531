package dev.comuta.message.transcription;

import dev.comuta.media.MediaListener;
import dev.comuta.task.Tasks;

/** Transcription without a server. */
public final class TestTranscription {

    private TestTranscription() {}

    /** Requests the transcription of voice notes; one without a file gets no answer. */
    public static MediaListener voiceNotes() {
        SettingsStore settings = new SettingsStore();
        return new VoiceNotes(settings, new Tasks(), new Apology(settings, null, null, null));
    }
}
