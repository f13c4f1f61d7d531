package dev.comuta.journey;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import dev.comuta.Contracts;
import dev.comuta.sandbox.RecordedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Twilio's own OpenAPI description of its REST API. */
final class TwilioContract {

    private final OpenApiInteractionValidator validator;

    private TwilioContract(OpenApiInteractionValidator validator) {
        this.validator = validator;
    }

    static TwilioContract read() {
        Path file = Contracts.file("twilio/oai/twilio_api_v2010.json");
        return new TwilioContract(OpenApiInteractionValidator.createForSpecificationUrl(
                        file.toAbsolutePath().normalize().toUri().toString())
                .build());
    }

    /** The violations of the description in a request. */
    List<String> violations(RecordedRequest request) {
        URI uri = URI.create(request.path());
        SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), uri.getPath());
        request.headers().forEach(builder::withHeader);
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                builder.withQueryParam(decoded(parts[0]), decoded(parts[1]));
            }
        }
        if (!request.body().isEmpty()) {
            builder.withBody(request.body());
        }
        return validator.validateRequest(builder.build()).getMessages().stream()
                .map(Message::toString)
                .toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
