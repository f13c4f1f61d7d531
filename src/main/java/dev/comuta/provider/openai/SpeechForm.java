package dev.comuta.provider.openai;

import dev.comuta.media.speech.AudioFile;
import dev.comuta.media.speech.SpeechRequest;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * The form of a transcription (RFC 7578). Language and hints are in every form: the server of whisper.cpp uses those of
 * the request before for a request that has none.
 *
 * @param detailed whether the response has parts with their times
 */
record SpeechForm(String boundary, Buffer body, boolean detailed) {

    private static final String NEW_FAMILY = "gpt-transcribe";
    private static final String SHORT_FAMILY = "gpt-4o";
    private static final String SPEAKERS = "diarize";

    /** The form with as many details as the model reports. */
    static SpeechForm of(SpeechRequest request) {
        return of(request, true);
    }

    /** The form for a server that reports no details. */
    static SpeechForm plain(SpeechRequest request) {
        return of(request, false);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    private static SpeechForm of(SpeechRequest request, boolean wanted) {
        String model = request.model();
        boolean distinguishesSpeakers = model.contains(SPEAKERS);
        boolean reportsTimes = !model.startsWith(NEW_FAMILY) && !model.startsWith(SHORT_FAMILY);
        Writer form = new Writer().field("model", model).field("temperature", "0");
        words(form, request, distinguishesSpeakers);
        if (wanted && distinguishesSpeakers) {
            form.field("response_format", "diarized_json").field("chunking_strategy", "auto");
        } else if (wanted && reportsTimes) {
            form.field("response_format", "verbose_json").field("timestamp_granularities[]", "segment");
        } else {
            form.field("response_format", "json");
        }
        return new SpeechForm(
                form.boundary, form.file(request.file()), wanted && (distinguishesSpeakers || reportsTimes));
    }

    private static void words(Writer form, SpeechRequest request, boolean distinguishesSpeakers) {
        if (request.model().startsWith(NEW_FAMILY)) {
            form.field("languages[]", request.language());
            request.hints().forEach(hint -> form.field("keywords[]", hint));
            return;
        }
        form.field("language", request.language());
        if (!distinguishesSpeakers) {
            form.field("prompt", String.join(", ", request.hints()));
        }
    }

    /** Writes the parts of a form. The boundary is random, so that no value contains it. */
    private static final class Writer {

        private final String boundary = "comuta-" + UUID.randomUUID();
        private final Buffer body = Buffer.buffer();

        Writer field(String name, String value) {
            body.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                    .appendString(value)
                    .appendString("\r\n");
            return this;
        }

        Buffer file(AudioFile file) {
            return body.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                            + file.format().fileName() + "\"\r\nContent-Type: "
                            + file.format().contentType() + "\r\n\r\n")
                    .appendBuffer(file.bytes())
                    .appendString("\r\n--" + boundary + "--\r\n");
        }
    }
}
