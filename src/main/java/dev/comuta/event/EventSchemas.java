package dev.comuta.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Discriminator;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Writes into the OpenAPI document that the type of an event decides the schema of its data: {@code Event} is one of the
 * schemas of the known types, or {@code OtherEvent} for a type that a client does not know yet.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 7)
public class EventSchemas implements OASFilter {

    private static final String EVENT = "Event";
    private static final String OTHER = "OtherEvent";
    private static final String TYPE = "eventType";
    private static final String DATA = "eventData";
    private static final String REF = "#/components/schemas/";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        Schema event = components.getSchemas().get(EVENT);
        Map<Class<? extends EventData>, List<EventType>> types = Stream.of(EventType.values())
                .collect(Collectors.groupingBy(EventType::data, LinkedHashMap::new, Collectors.toList()));
        Discriminator discriminator = OASFactory.createDiscriminator().propertyName(TYPE);
        types.forEach((data, known) -> {
            String name = schemaName(data).replaceFirst("Data$", "");
            components.getSchemas().get(schemaName(data)).setRequired(orNull(alwaysThere(data)));
            components.addSchema(name, variant(event, oneOf(known), reference(schemaName(data))));
            known.forEach(type -> discriminator.addMapping(type.stored(), REF + name));
        });
        components.addSchema(OTHER, other(event));
        List<Schema> variants = Stream.concat(
                        types.keySet().stream().map(data -> schemaName(data).replaceFirst("Data$", "")),
                        Stream.of(OTHER))
                .map(EventSchemas::reference)
                .toList();
        components.addSchema(
                EVENT,
                OASFactory.createSchema()
                        .description(event.getDescription())
                        .oneOf(variants)
                        .discriminator(discriminator));
    }

    private static Schema variant(Schema event, Schema type, Schema data) {
        Map<String, Schema> fields = new LinkedHashMap<>(event.getProperties());
        fields.put(TYPE, type.description("Type of the event"));
        fields.put(DATA, data.description("Details of the event"));
        return OASFactory.createSchema()
                .type(event.getType())
                .description("An event of one of the types in `eventType`.")
                .properties(fields)
                .required(event.getRequired());
    }

    private static Schema other(Schema event) {
        return variant(
                        event,
                        text().examples(List.of("ChamadaEncerrada")),
                        event.getProperties().get(DATA))
                .description(
                        "An event of a type that this description does not list: ignore it, or read what you know."
                                + " Generated types may show `OtherEvent` as its `eventType`; the server sends the name of the type.");
    }

    /** Names of the fields that are in the data of every such event. */
    private static List<String> alwaysThere(Class<? extends EventData> data) {
        return Arrays.stream(data.getRecordComponents())
                .filter(field -> annotation(field, JsonInclude.class).isEmpty())
                .map(field -> annotation(field, JsonProperty.class)
                        .map(JsonProperty::value)
                        .orElse(field.getName()))
                .toList();
    }

    /** OpenAPI 3.0 knows no empty list of what is required. */
    private static List<String> orNull(List<String> names) {
        return names.isEmpty() ? null : names;
    }

    /** As the accessor has it: annotations for JSON are none of the component itself. */
    private static <A extends java.lang.annotation.Annotation> Optional<A> annotation(
            RecordComponent field, Class<A> type) {
        return Optional.ofNullable(field.getAccessor().getAnnotation(type));
    }

    private static String schemaName(Class<? extends EventData> data) {
        return data.getAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class)
                .name();
    }

    private static Schema oneOf(List<EventType> types) {
        return text().enumeration(types.stream().<Object>map(EventType::stored).toList());
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(REF + name);
    }
}
