package dev.comuta.journey;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter.OpenApiValidationException;
import com.atlassian.oai.validator.restassured.RestAssuredRequest;
import com.atlassian.oai.validator.restassured.RestAssuredResponse;
import com.atlassian.oai.validator.schema.ValidationConfiguration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Validates against openapi.yaml, in its 3.0.3 form, because the validator cannot read 3.1. */
enum DescriptionFilter implements Filter {

    /** Validates requests and responses; for webhooks, whose requests vendors define, only responses. */
    OF_EXCHANGES,
    /** Validates responses only. */
    OF_RESPONSES;

    private static final Path DESCRIPTION = Path.of("target", "openapi", "openapi-3.0.3.yaml");
    private static final String DISCRIMINATOR = "discriminator";
    private static final String NULLABLE = "nullable";
    private static final String ALL_OF = "allOf";
    private static final OpenApiInteractionValidator VALIDATOR = validator();

    @Override
    public Response filter(
            FilterableRequestSpecification spec, FilterableResponseSpecification expected, FilterContext context) {
        if (spec.getBody() == null) {
            spec.removeHeader("content-type"); // REST Assured adds one to each POST
        }
        Response response = context.next(spec, expected);
        ValidationReport report = report(RestAssuredRequest.of(spec), received(response));
        if (report.hasErrors()) {
            throw new OpenApiValidationException(report);
        }
        return response;
    }

    private ValidationReport report(Request request, com.atlassian.oai.validator.model.Response response) {
        boolean ofVendor = request.getPath().startsWith("/webhooks/");
        return this == OF_EXCHANGES && !ofVendor
                ? VALIDATOR.validate(request, response)
                : VALIDATOR.validateResponse(request.getPath(), request.getMethod(), response);
    }

    /** The response to validate. A stream does not end, so only its head is validated. */
    private static com.atlassian.oai.validator.model.Response received(Response response) {
        if (!Exchange.isStream(response)) {
            return RestAssuredResponse.of(response);
        }
        SimpleResponse.Builder head = new SimpleResponse.Builder(response.statusCode())
                .withContentType(response.contentType())
                .withBody(":");
        response.headers().forEach(header -> head.withHeader(header.getName(), header.getValue()));
        return head.build();
    }

    private static OpenApiInteractionValidator validator() {
        try {
            return OpenApiInteractionValidator.createForInlineApiSpecification(description())
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                            .build())
                    .withSchemaValidationConfiguration(new ValidationConfiguration().setMaxCacheSize(1000))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes discriminators, which the validator treats as closed sets. It then tries each schema of a oneOf. */
    private static String description() throws IOException {
        JsonNode description = new ObjectMapper(new YAMLFactory()).readTree(DESCRIPTION.toFile());
        description.findParents(DISCRIMINATOR).forEach(schema -> ((ObjectNode) schema).remove(DISCRIMINATOR));
        description.findParents(NULLABLE).forEach(schema -> acceptNull((ObjectNode) schema));
        return description.toString();
    }

    /** The validator ignores that a reference is nullable, so an alternative schema accepts null. */
    private static void acceptNull(ObjectNode schema) {
        JsonNode references = schema.remove(ALL_OF);
        if (references != null) {
            schema.remove(NULLABLE);
            ArrayNode alternatives = schema.putArray("anyOf");
            references.forEach(alternatives::add);
            alternatives.addObject().put("type", "string").put(NULLABLE, true).put("maxLength", 0);
        }
    }
}
