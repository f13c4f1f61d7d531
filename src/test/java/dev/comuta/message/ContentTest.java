package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.media.MediaRef;
import dev.comuta.message.content.ContactCard;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentColumns;
import dev.comuta.message.content.Interaction;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.content.Notice;
import dev.comuta.message.content.OptionList;
import dev.comuta.message.content.Outgoing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Content does not change when it is written and read, as columns of Messages or as JSON of the API.
 */
class ContentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Stream<Content> EXAMPLES = Stream.of(
            new Content.Text("Oi"),
            new Content.Media("Áudio", new MediaRef("17", null, "audio/ogg", null, "abc="), null),
            new Content.Media("Documento", null, "A planta"),
            new Content.Location(-23.5, -46.6, "Escritório", "Rua A, 1"),
            new Content.Location(null, null, null, null),
            Interaction.Reply.of("visita", "Agendar visita"),
            new MessageChange.Reaction("wamid.1", "👍"),
            new MessageChange.Reaction("wamid.1", null),
            new Contacts(List.of(
                    new ContactCard("Maria", "Horizonte", List.of("+55 11 99876-5432"), List.of("m@example.com")),
                    new ContactCard("Ana", null, List.of(), List.of()))),
            new Interaction.Reply("visita", "Agendar visita", "Sábado", null),
            new Interaction.Reply(null, "Sent", null, Map.of("cpf", "1", "dias", List.of(1, 2))),
            new Interaction.Order("cat", "Por favor", List.of(new Interaction.Order.Item("AP-1", 2.0, 450.5, "BRL"))),
            new MessageChange.Edit("wamid.1", "novo"),
            new MessageChange.Revocation("wamid.1"),
            new Notice("user_changed_number", "mudou"),
            new Outgoing.Options("Quando?", "Visita", null, List.of(new Outgoing.Button("s", "Sábado")), null, null),
            new Outgoing.Options(
                    "Qual?",
                    null,
                    "Horizonte",
                    null,
                    new OptionList(
                            "Ver",
                            List.of(new OptionList.Section(
                                    "Centro",
                                    List.of(
                                            new OptionList.Row("AP-1", "Ap 1", "2 quartos"),
                                            new OptionList.Row("AP-2", "Ap 2", null))))),
                    null),
            new Outgoing.Options("Fotos", null, null, null, null, new Outgoing.Link("Ver", "https://example.com/1")),
            new Outgoing.Template("aviso", "pt_BR", null, null, null, null),
            new Outgoing.Template(
                    "visita",
                    "pt_BR",
                    "Olá Maria",
                    new Outgoing.Header(
                            null, "Imagem", new MediaRef(null, "https://example.com/a.jpg", null, null, null)),
                    List.of("Maria", "10h"),
                    List.of(new Outgoing.ButtonValue(0, "URL", "102"))),
            new Content.Unsupported("Desconhecido", null),
            new Content.Unsupported("Outra coisa", "texto"));

    @TestFactory
    Stream<DynamicTest> survivesWritingAndReading() {
        return EXAMPLES.map(content -> DynamicTest.dynamicTest(content.toString(), () -> {
            assertEquals(content, ContentColumns.read(content.contentType(), content.readableText(), content.data()));
            String json = JSON.writeValueAsString(content);
            assertEquals(content, JSON.readValue(json, Content.class), json);
            assertEquals(
                    content.contentType(),
                    JSON.readTree(json).path("contentType").asText(),
                    json);
        }));
    }

    @Test
    void readsARowWithoutData() {
        assertEquals(new Content.Text("Oi"), ContentColumns.read("Texto", "Oi", null));
        assertEquals(new Content.Unsupported("Fax", "Oi"), ContentColumns.read("Fax", "Oi", null));
        assertNull(ContentColumns.read("Áudio", "Oi", null).data());
    }

    @Test
    void readsARowWhoseDataHasOtherTypes() {
        JsonObject odd = new JsonObject()
                .put("latitude", "Infinity")
                .put("longitude", 181)
                .put("address", 5)
                .put("id", new JsonObject())
                .put("target", new JsonArray())
                .put("file", new JsonObject().put("url", 5));

        assertEquals(new Content.Location(null, null, "x", null), ContentColumns.read("Localização", "x", odd));
        assertEquals(Interaction.Reply.of(null, "x"), ContentColumns.read("Interação", "x", odd));
        assertEquals(new MessageChange.Reaction(null, "x"), ContentColumns.read("Reação", "x", odd));
        assertEquals(
                new Content.Media("Áudio", new MediaRef(null, null, null, null, null), "x"),
                ContentColumns.read("Áudio", "x", odd));
        assertEquals(
                new Content.Media("Áudio", null, "x"),
                ContentColumns.read("Áudio", "x", new JsonObject().put("file", "x")));
    }

    @Test
    void dropsCoordinatesThatAreNotOnTheMap() {
        for (double outside : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 90.1, -1e300}) {
            assertNull(new Content.Location(outside, -46.6, null, null).latitude());
        }
        assertEquals(-180.0, new Content.Location(90.0, -180.0, null, null).longitude());
    }

    @Test
    void writesOnlyTheFieldsOfItsKind() throws JsonProcessingException {
        assertEquals("{\"text\":\"Oi\",\"contentType\":\"Texto\"}", JSON.writeValueAsString(new Content.Text("Oi")));
    }

    @Test
    void rejectsFieldsOfAnotherKind() {
        assertThrows(
                JsonProcessingException.class,
                () -> JSON.readValue("{\"contentType\":\"Texto\",\"text\":\"Oi\",\"caption\":\"x\"}", Content.class));
    }
}
