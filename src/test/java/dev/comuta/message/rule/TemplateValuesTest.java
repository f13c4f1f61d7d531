package dev.comuta.message.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateStatus;
import dev.comuta.media.MediaRef;
import dev.comuta.message.content.Outgoing.ButtonValue;
import dev.comuta.message.content.Outgoing.Header;
import dev.comuta.message.content.Outgoing.Template;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of a message and variables of its template. */
class TemplateValuesTest {

    private static final ButtonValue LINK = new ButtonValue(1, "URL", "102");

    @Test
    void namesTheFirstVariableOfTheBodyWithoutAValue() {
        KnownTemplate template = template(part("BODY", null, "Olá {{1}}, visita {{2}} na {{3}}. Até {{2}}!"));

        assertNull(TemplateValues.of(template, values(null, List.of("Ana", "sábado", "Rua A"))));
        TemplateValues.Fault fault = TemplateValues.of(template, values(null, List.of("Ana", "sábado")));
        assertEquals("content.body[2]", fault.field());
        assertEquals("the variable {{3}} has no value", fault.rule());
        assertEquals(
                "content.body[3]",
                TemplateValues.of(template, values(null, List.of("a", "b", "c", "d")))
                        .field());
    }

    @Test
    void namesABodyThatIsTooLongWithItsValues() {
        KnownTemplate template = template(part("BODY", null, "Olá {{1}}"));

        assertNull(TemplateValues.of(template, values(null, List.of("a".repeat(1_020)))));
        assertEquals(
                "content.body",
                TemplateValues.of(template, values(null, List.of("a".repeat(1_021))))
                        .field());
    }

    @Test
    void namesAHeaderWithoutItsValue() {
        KnownTemplate text = template(part("HEADER", "TEXT", "Visita {{1}}"));
        KnownTemplate image = template(part("HEADER", "IMAGE", null));
        Header written = new Header("102", null, null);

        assertNull(TemplateValues.of(text, values(written, List.of())));
        assertEquals(
                "content.header.text",
                TemplateValues.of(text, values(null, List.of())).field());
        assertEquals(
                "content.header.file",
                TemplateValues.of(image, values(written, List.of())).field());
        assertNull(TemplateValues.of(image, values(new Header(null, "Imagem", file()), List.of())));
    }

    @Test
    void namesAButtonWithoutItsValue() {
        TemplateComponent.Action confirm = new TemplateComponent.Action("QUICK_REPLY", "Sim", null, null);
        TemplateComponent.Action open = new TemplateComponent.Action("URL", "Ver", "https://example.com/{{1}}", null);
        KnownTemplate template =
                template(new TemplateComponent("BUTTONS", null, null, List.of(), List.of(confirm, open)));

        assertNull(TemplateValues.of(template, values(null, List.of(), LINK)));
        assertEquals(
                "the variable {{1}} of button 1 has no value",
                TemplateValues.of(template, values(null, List.of())).rule());
    }

    @Test
    void namesAValueThatTheTemplateHasNoPlaceFor() {
        TemplateComponent.Action confirm = new TemplateComponent.Action("QUICK_REPLY", "Sim", null, null);
        TemplateComponent.Action open = new TemplateComponent.Action("URL", "Ver", "https://example.com/{{1}}", null);
        TemplateComponent.Action fixed = new TemplateComponent.Action("URL", "Site", "https://example.com", null);
        KnownTemplate plain = template(part("HEADER", "TEXT", "Visita"), part("BODY", null, "Olá"));
        KnownTemplate buttons = template(
                part("BODY", null, "Olá"),
                new TemplateComponent("BUTTONS", null, null, List.of(), List.of(confirm, open, fixed)));
        Header text = new Header("102", null, null);

        assertEquals(
                "content.header",
                TemplateValues.of(plain, values(text, List.of())).field());
        assertEquals(
                "content.header",
                TemplateValues.of(buttons, values(text, List.of(), LINK)).field());
        assertEquals(
                "content.buttons[0]",
                TemplateValues.of(plain, values(null, List.of(), LINK)).field());
        for (ButtonValue wrong : List.of(
                LINK,
                new ButtonValue(0, "URL", "1"),
                new ButtonValue(2, "URL", "1"),
                new ButtonValue(2, "QUICK_REPLY", "1"),
                new ButtonValue(3, "QUICK_REPLY", "1"))) {
            assertEquals(
                    "content.buttons[1]",
                    TemplateValues.of(buttons, values(null, List.of(), LINK, wrong))
                            .field(),
                    wrong::toString);
        }
        assertNull(TemplateValues.of(buttons, values(null, List.of(), new ButtonValue(0, "QUICK_REPLY", "sim"), LINK)));
    }

    @Test
    void takesTheValuesInTheOrderOfTheNumbers() {
        KnownTemplate template = template(
                part("BODY", null, "{{2}} para {{1}}: {{10}}{{3}}{{4}}{{5}}{{6}}{{7}}{{8}}{{9}}"),
                part("MEDIA", null, "https://example.com/a.jpg"));
        Template ten = values(null, List.of("Ana", "Visita", "c", "d", "e", "f", "g", "h", "i", "j"));

        assertEquals("Visita para Ana: jcdefghi", TemplateValues.text(template, ten));
    }

    @Test
    void fillsTheValuesIn() {
        KnownTemplate template = template(
                part("HEADER", "TEXT", "Visita {{1}}"),
                part("BODY", null, "Olá {{1}}, visita {{2}}. Até {{2}}!"),
                part("FOOTER", null, "Responda SAIR"));
        String text = TemplateValues.text(template, values(new Header("102", null, null), List.of("Ana", "{{1}} $1")));

        assertEquals("Visita 102\nOlá Ana, visita {{1}} $1. Até {{1}} $1!\nResponda SAIR", text);
    }

    private static MediaRef file() {
        return new MediaRef(null, "https://example.com/a.jpg", "image/jpeg", null, null);
    }

    private static TemplateComponent part(String type, String format, String text) {
        return new TemplateComponent(type, format, text, List.of(), List.of());
    }

    private static KnownTemplate template(TemplateComponent... parts) {
        return new KnownTemplate(
                null, "visita", "pt_BR", TemplateCategory.UTILITY, TemplateStatus.APPROVED, List.of(parts));
    }

    private static Template values(Header header, List<String> body, ButtonValue... buttons) {
        return new Template("visita", "pt_BR", null, header, body, List.of(buttons));
    }
}
