package dev.comuta.media.speech;

import io.smallrye.mutiny.Uni;

/** Port: turns speech into text. Implemented by a provider. */
public interface Transcriber {

    /**
     * Sends one audio file, without retries.
     *
     * @return what was said; fails with a {@link dev.comuta.platform.problem.TransientFailure} when a later attempt can
     *     succeed, else with a {@link dev.comuta.platform.problem.PermanentFailure}
     */
    Uni<Speech> transcribe(SpeechRequest request);
}
