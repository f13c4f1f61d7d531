package dev.comuta.provider.openai;

import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.SpeechRequest;
import dev.comuta.media.speech.Transcriber;
import dev.comuta.platform.http.HttpAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Transcribes at an OpenAI-compatible API. A server that rejects the detailed form of the response is asked once more for
 * the plain one.
 */
@ApplicationScoped
class OpenAiTranscriber implements Transcriber {

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    private final OpenAiApi api;
    private final OpenAiConfig config;

    OpenAiTranscriber(OpenAiApi api, OpenAiConfig config) {
        this.api = api;
        this.config = config;
    }

    @Override
    public Uni<Speech> transcribe(SpeechRequest request) {
        SpeechForm form = SpeechForm.of(request);
        return send(request, form)
                .chain(answer -> form.detailed() && rejectsDetails(answer)
                        ? send(request, SpeechForm.plain(request))
                        : Uni.createFrom().item(answer))
                .map(OpenAiTranscriber::read);
    }

    private Uni<HttpAnswer> send(SpeechRequest request, SpeechForm form) {
        return api.upload(request.clientId(), OpenAiAccount.of(request, config), form, request.timeLimit());
    }

    private static boolean rejectsDetails(HttpAnswer answer) {
        return (answer.status() == BAD_REQUEST || answer.status() == UNPROCESSABLE)
                && (answer.text().contains("response_format") || answer.text().contains("timestamp_granularities"));
    }

    private static Speech read(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw OpenAiErrors.of(answer);
        }
        return SpeechAnswer.of(answer);
    }
}
