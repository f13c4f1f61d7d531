package dev.comuta.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.twilio.exception.RestException;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.content.v1.Content;
import com.twilio.rest.content.v1.ContentAndApprovals;
import com.twilio.rest.content.v1.content.ApprovalCreate;
import com.twilio.rest.messaging.v2.ChannelsSender;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reachability metadata of the native executable must list the classes of the SDK's responses. */
class TwilioMetadataTest {

    private static final String METADATA = "/META-INF/native-image/dev.comuta/comuta/reachability-metadata.json";
    private static final List<Class<?>> RESPONSES = List.of(
            Message.class,
            IncomingPhoneNumber.class,
            ChannelsSender.class,
            Content.class,
            ContentAndApprovals.class,
            ApprovalCreate.class,
            RestException.class);

    @Test
    void listsEveryClassOfAResponse() throws IOException {
        Set<String> needed = new TreeSet<>();
        RESPONSES.forEach(response -> collect(response, needed));

        Set<String> missing = new TreeSet<>(needed);
        missing.removeAll(listed());

        assertEquals(Set.of(), missing);
    }

    @Test
    void listsOnlyExistingClasses() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (String name : listed()) {
            try {
                Class.forName(name, false, TwilioMetadataTest.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                unknown.add(name);
            }
        }

        assertEquals(List.of(), unknown);
    }

    private static Set<String> listed() throws IOException {
        try (InputStream metadata = TwilioMetadataTest.class.getResourceAsStream(METADATA)) {
            Set<String> names = new TreeSet<>();
            for (JsonNode entry : new ObjectMapper().readTree(metadata).path("reflection")) {
                names.add(entry.path("type").asText());
            }
            return names;
        }
    }

    /** Adds the type, the types of its fields, and their deserializers. */
    private static void collect(Class<?> type, Set<String> names) {
        if (!type.getName().startsWith("com.twilio.") || !names.add(type.getName())) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                collect(field.getType(), names);
            }
        }
        deserializers(type).forEach(deserializer -> collect(deserializer, names));
    }

    private static Stream<Class<?>> deserializers(Class<?> type) {
        Stream<Executable> executables =
                Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        Stream<Parameter> parameters = executables.flatMap(executable -> Arrays.stream(executable.getParameters()));
        return Stream.<AnnotatedElement>concat(Arrays.stream(type.getDeclaredFields()), parameters)
                .map(element -> element.getAnnotation(JsonDeserialize.class))
                .filter(deserializer -> deserializer != null)
                .map(JsonDeserialize::using);
    }
}
