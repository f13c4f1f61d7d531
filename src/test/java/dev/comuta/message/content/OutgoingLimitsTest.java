package dev.comuta.message.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.MediaRef;
import dev.comuta.platform.problem.Problem.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents that a provider would refuse have an objection that names the field and the limit. */
class OutgoingLimitsTest {

    private static final OutgoingLimits LIMITS = new OutgoingLimits(1024, 1024);
    private static final String LONG = "a".repeat(200_000);

    record Wrong(String objection, Content content) {}

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong("file.fileName has at most 240 characters", document(null, "https://example.com/a", LONG)),
                new Wrong("file.fileName must be one line", document(null, "https://example.com/a", "a\r\nX: b.pdf")),
                new Wrong(
                        "file needs exactly one of mediaId, url and providerId", document(7L, "https://e.com/a", "a")),
                new Wrong("file needs exactly one of mediaId, url and providerId", document(null, null, "a")),
                new Wrong("file.url must be an address with https", document(null, "http://example.com/a", "a")),
                new Wrong(
                        "file.url must be an address with https, of at most 2000 characters",
                        document(null, "https://example.com/" + LONG, "a")),
                new Wrong(
                        "file.providerId has at most 255 characters",
                        new Content.Media("Imagem", new MediaRef(LONG, null, null, null, null), null)),
                new Wrong(
                        "file.mimeType must be a media type",
                        new Content.Media("Imagem", new MediaRef("1", null, "a\r\nb/c", null, null), null)),
                new Wrong("name has at most 1000 characters", new Content.Location(1.0, 2.0, LONG, null)),
                new Wrong("address has at most 1000 characters", new Content.Location(1.0, 2.0, null, LONG)),
                new Wrong("contacts[0].name has at most 255 characters", card(LONG, null, List.of())),
                new Wrong("contacts[0].organization has at most 255 characters", card("Ana", LONG, List.of())),
                new Wrong("contacts[0].phones[1] has at most 128 characters", card("Ana", null, List.of("1", LONG))),
                new Wrong("buttons[1].id must differ from the others: 'a'", buttons("a", "Sim", "a", "Não")),
                new Wrong("buttons[1].title must differ from the others: 'Sim'", buttons("a", "Sim", "b", "Sim")),
                new Wrong("buttons[0].id must begin and end without spaces", buttons(" a", "Sim", "b", "Não")),
                new Wrong("list.sections[1].rows[0].id must differ from the others: 'x'", list("x", "x")),
                new Wrong("contentType is required", new Content.Unsupported(null, null)),
                new Wrong("contentType must be one of Texto, Imagem,", new Content.Unsupported("Foto", null)),
                new Wrong("text is required", new Content.Text(null)),
                new Wrong("latitude is required, from -90 to 90", new Content.Location(91.0, 2.0, null, null)),
                new Wrong("longitude is required, from -180 to 180", new Content.Location(1.0, 181.0, null, null)),
                new Wrong("contacts has 1 to 5 cards", new Contacts(List.of())),
                new Wrong("contacts[0].name is required", card(" ", null, List.of())),
                new Wrong(
                        "caption must be null",
                        new Content.Media("Áudio", document(7L, null, null).file(), "Oi")),
                new Wrong(
                        "caption has at most 1024",
                        new Content.Media("Imagem", document(7L, null, null).file(), LONG)),
                new Wrong(" needs exactly one of buttons", new Outgoing.Options("x", null, null, null, null, null)),
                new Wrong("list.sections[1].title is required", untitled()),
                new Wrong("body[1] has 1 to 1024 characters", values("Ana", " ")),
                new Wrong("name has 1 to 512 letters", template("../../x", null)),
                new Wrong("name has 1 to 512 letters", template("visita?x=1", null)),
                new Wrong(
                        "header.file.fileName has at most 240 characters",
                        template("visita", new MediaRef(null, "https://example.com/a", null, LONG, null))),
                new Wrong("body[0] has no line break", values("Ana\nSilva")),
                new Wrong("body[0] has no line break", values("Ana     Silva")),
                new Wrong("body[0] has no line break", values("Ana\tSilva")),
                new Wrong("header.text has no line break", heading("Visita\n102")),
                new Wrong("header.text must not be blank", heading(" ")),
                new Wrong("buttons[0].value has no line break", linked("102\n103")),
                new Wrong("emoji must be one emoji", new MessageChange.Reaction("1", "ok")),
                new Wrong("emoji must be one emoji", new MessageChange.Reaction("1", "1")),
                new Wrong("emoji must be one emoji", new MessageChange.Reaction("1", "👍👍")),
                new Wrong("emoji must be one emoji", new MessageChange.Reaction("1", "👍" + "\u0301".repeat(200))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheFieldAndTheLimit(Wrong wrong) {
        Violation objection = LIMITS.objection(wrong.content());
        assertNotNull(objection, wrong.objection());
        String text = objection.field() + " " + objection.message();
        assertTrue(text.startsWith(wrong.objection()), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "❤️", "👩🏽‍💻", "🇧🇷", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☺", ""})
    void acceptsOneEmojiAndNone(String emoji) {
        assertNull(LIMITS.objection(new MessageChange.Reaction("1", emoji)));
    }

    @Test
    void acceptsAnUploadedFile() {
        assertNull(LIMITS.objection(document(7L, null, "planta.pdf")));
        assertNull(LIMITS.objection(template("visita", new MediaRef(null, null, null, null, null, 7L))));
        assertEquals(
                7L,
                OutgoingFile.uploadedIn(document(7L, null, null))
                        .orElseThrow()
                        .ref()
                        .mediaId());
    }

    private static Content.Media document(Long mediaId, String url, String fileName) {
        return new Content.Media("Documento", new MediaRef(null, url, null, fileName, null, mediaId), null);
    }

    private static Content card(String name, String organization, List<String> phones) {
        return new Contacts(List.of(new ContactCard(name, organization, phones, null)));
    }

    private static Content buttons(String id, String title, String otherId, String otherTitle) {
        return new Outgoing.Options(
                "Quando?",
                null,
                null,
                List.of(new Outgoing.Button(id, title), new Outgoing.Button(otherId, otherTitle)),
                null,
                null);
    }

    private static Content list(String id, String other) {
        OptionList list = new OptionList(
                "Ver",
                List.of(
                        new OptionList.Section("A", List.of(new OptionList.Row(id, "Um", null))),
                        new OptionList.Section("B", List.of(new OptionList.Row(other, "Dois", null)))));
        return new Outgoing.Options("Qual?", null, null, null, list, null);
    }

    private static Content untitled() {
        OptionList.Section section = new OptionList.Section(null, List.of(new OptionList.Row("a", "Um", null)));
        OptionList.Section titled = new OptionList.Section("A", section.rows());
        return new Outgoing.Options("Qual?", null, null, null, new OptionList("Ver", List.of(titled, section)), null);
    }

    private static Content values(String... body) {
        return new Outgoing.Template("visita", "pt_BR", null, null, List.of(body), null);
    }

    private static Content heading(String text) {
        return new Outgoing.Template("visita", "pt_BR", null, new Outgoing.Header(text, null, null), null, null);
    }

    private static Content linked(String value) {
        return new Outgoing.Template(
                "visita", "pt_BR", null, null, null, List.of(new Outgoing.ButtonValue(0, "URL", value)));
    }

    private static Content template(String name, MediaRef file) {
        Outgoing.Header header = file == null ? null : new Outgoing.Header(null, "Documento", file);
        return new Outgoing.Template(name, "pt_BR", null, header, null, null);
    }
}
