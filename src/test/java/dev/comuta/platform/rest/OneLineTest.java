package dev.comuta.platform.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Pattern;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    /** Texts that may have several lines, and that no mail, header or log line contains. */
    private static final Set<String> SEVERAL_LINES =
            Set.of("ClientFields.additionalInfo", "AssistantFields.specialization", "ToolFields.description");

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
        List<String> unbounded = requestFields()
                .filter(field -> field.getType() == String.class)
                .filter(field ->
                        Stream.of(OneLine.class, PlainName.class, Pattern.class).noneMatch(field::isAnnotationPresent))
                .map(field -> field.getDeclaringClass().getSimpleName() + "." + field.getName())
                .filter(name -> !SEVERAL_LINES.contains(name))
                .sorted()
                .toList();
        assertEquals(List.of(), unbounded);
        assertTrue(requestFields().count() > 40, "the records of requests are found");
    }

    private static Stream<Field> requestFields() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.comuta").stream()
                        .filter(type -> type.getSimpleName().endsWith("Fields") && type.isRecord())
                        .map(JavaClass::reflect)
                        .flatMap(type -> Stream.of(type.getDeclaredFields()))
                        .filter(field -> !Modifier.isStatic(field.getModifiers()));
    }
}
