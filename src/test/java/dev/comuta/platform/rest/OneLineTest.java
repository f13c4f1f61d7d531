package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.comuta.message.content.Content;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    /** Texts that may have several lines, and that no mail, header or log line contains. */
    private static final Set<String> SEVERAL_LINES = Set.of(
            "ClientFields.additionalInfo",
            "AssistantFields.specialization",
            "ToolFields.description",
            "BusinessHours.outOfHoursText",
            "TemplateComponent.text",
            "TemplateComponent.samples",
            "Action.text",
            "TranscriptionFields.hints",
            "TryTurn.text",
            "Result.tool",
            "CallMenu.text",
            "CallPlan.closedText",
            "CallPlan.greeting",
            "CallPlan.recordingNotice",
            "CallStep.text",
            "Option.words",
            "Connect.say",
            "OutgoingCallFields.message",
            "TransferFields.summary",
            "SummaryFields.summary");

    /** Texts that the code checks: values of headers, or members of a closed set, or hosts. */
    private static final Set<String> CHECKED = Set.of(
            "Authentication.token",
            "Authentication.username",
            "Authentication.password",
            "Authentication.value",
            "BusinessHours.timeZone",
            "Hosts.hosts",
            "NewKeyFields.scopes",
            "PlatformKeyFields.scopes");

    private static final List<Class<? extends Annotation>> BOUNDS =
            List.of(OneLine.class, PlainName.class, Pattern.class);

    private static final ValidatorFactory FACTORY = Validation.buildDefaultValidatorFactory();
    private final Validator validator = FACTORY.getValidator();

    private record Names(@OneLine String line, @PlainName String name) {}

    @AfterAll
    static void close() {
        FACTORY.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000", "\u0085", "a\u2028b", "\u2029", "a\tb", "\n"})
    void rejectsLineBreaksAndControlCharacters(String text) {
        assertFalse(validator.validate(new Names(text, null)).isEmpty());
        assertFalse(validator.validate(new Names(null, text)).isEmpty());
    }

    @Test
    void rejectsLinksInNamesOnly() {
        assertFalse(
                validator.validate(new Names(null, "veja https://exemplo.com")).isEmpty());
        assertTrue(validator
                .validate(new Names("https://exemplo.com", "Imobiliária XPTO: 24 h"))
                .isEmpty());
    }

    @Test
    void everyTextOfARequestIsOneLineOrNamedHere() {
        Set<Class<?>> records = new LinkedHashSet<>();
        bodies().forEach(body -> collect(body, records));

        List<String> unbounded = records.stream()
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .filter(component -> mayHaveSeveralLines(component.getAnnotatedType()))
                .map(component -> component.getDeclaringRecord().getSimpleName() + "." + component.getName())
                .filter(name -> !SEVERAL_LINES.contains(name) && !CHECKED.contains(name))
                .sorted()
                .toList();
        assertEquals(List.of(), unbounded);
        assertTrue(records.size() > 30, () -> "the records of requests are found: " + records.size());
    }

    private static boolean mayHaveSeveralLines(AnnotatedType type) {
        return (type instanceof AnnotatedParameterizedType generic && !isJson(generic))
                ? Stream.of(generic.getAnnotatedActualTypeArguments()).anyMatch(OneLineTest::mayHaveSeveralLines)
                : type.getType() == String.class && BOUNDS.stream().noneMatch(type::isAnnotationPresent);
    }

    /** A part that has a schema of its own, or whose names and values the code checks. */
    private static boolean isJson(AnnotatedParameterizedType type) {
        return ((ParameterizedType) type.getType()).getRawType() == Map.class;
    }

    /** The record and all records in it, without content of messages, which only JSON carries. */
    private static void collect(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(argument -> collect(argument, records));
        } else if (type instanceof Class<?> named && named.isSealed() && named.isInterface()) {
            Stream.of(named.getPermittedSubclasses()).forEach(kind -> collect(kind, records));
        } else if (type instanceof Class<?> named
                && named.isRecord()
                && !named.getPackageName().equals(Content.class.getPackageName())
                && records.add(named)) {
            Stream.of(named.getRecordComponents()).forEach(part -> collect(part.getGenericType(), records));
        }
    }

    /** The bodies of the requests of every operation. */
    private static Stream<Type> bodies() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.comuta").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .flatMap(method -> Stream.of(method.getParameters()))
                        .map(OneLineTest::body);
    }

    /** A patch names the record that it changes. */
    private static Type body(Parameter parameter) {
        RequestBody described = parameter.getAnnotation(RequestBody.class);
        return described == null || described.content().length == 0
                ? parameter.getParameterizedType()
                : described.content()[0].schema().implementation();
    }
}
