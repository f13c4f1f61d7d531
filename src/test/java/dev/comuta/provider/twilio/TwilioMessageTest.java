package dev.comuta.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.content.ContactCard;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Interaction;
import dev.comuta.message.content.MessageChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioMessageTest {

    @ParameterizedTest
    @CsvSource({
        "Body=Oi, Texto",
        "ButtonText=Sim&Body=, Interação",
        "ButtonPayload=visita&ButtonText=Sim&Body=Sim, Interação",
        "ListId=l1&ListTitle=Item&Body=Item, Interação",
        "Body=&Latitude=NaN&Longitude=Infinity, Localização",
        "Body=&Latitude=-23.5&Longitude=-46.6, Localização",
        "Body=Aqui&Latitude=-23.5&Longitude=-46.6, Localização",
        "Body=&Latitude=&Longitude=, Desconhecido",
        "NumMedia=1&MediaContentType0=text/vcard, Contato",
        "NumMedia=1&MediaContentType0=text/x-vcard%3B+charset%3Dutf-8, Contato",
        "NumMedia=1&MediaContentType0=TEXT/VCARD, Contato",
        "NumMedia=1&MediaContentType0=text/plain, Documento",
        "NumMedia=1&MediaContentType0=application/pdf, Documento",
        "NumMedia=1&MediaContentType0=image/jpeg&Body=Casa, Imagem",
        "NumMedia=1&MediaContentType0=audio/ogg, Áudio",
        "MessageType=sticker&NumMedia=1&MediaContentType0=image/webp, Figurinha",
        "MessageType=reaction&Body=%F0%9F%91%8D, Reação",
        "MessageType=reaction&Body=, Reação",
        "MessageType=interactive&Body=&InteractiveData=%7B%22cidade%22%3A%22Campinas%22%7D, Interação",
        "MessageType=interactive&FlowData=x, Interação",
        "MessageType=contacts&Contacts=%5B%5D, Contato",
        "MessageType=contacts&Contacts=null, Contato",
        "MessageType=contacts&Contacts=7, Contato",
    })
    void mapsFieldsToAContentType(String fields, String contentType) {
        String body = "MessageSid=SM1&From=whatsapp:%2B5511988887777&" + fields;

        TwilioMessage message = new TwilioMessage(
                TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow());

        assertEquals(contentType, message.toInbound(1).getFirst().content().contentType());
    }

    @ParameterizedTest
    @CsvSource({
        "%2B5215512345678, phone, +525512345678, +5215512345678",
        "%2B15550783881, phone, +15550783881, +15550783881",
        "BR.13491208655302741918, bsuid, BR.13491208655302741918,",
    })
    void identifiesTheSender(String address, String kind, String key, String phone) {
        String body = "MessageSid=SM1&ProfileName=Maria&Body=Oi&From=whatsapp:" + address;

        TwilioMessage message = new TwilioMessage(
                TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow());

        assertEquals(
                new Contact(kind, key, phone, "Maria"),
                message.toInbound(1).getFirst().contact());
    }

    @ParameterizedTest
    @CsvSource({
        "ButtonText=Sim&Body=, , Sim",
        "ButtonPayload=visita&ButtonText=Agendar&Body=Agendar, visita, Agendar",
        "ListId=l1&ListTitle=Item&Body=Item, l1, Item",
    })
    void readsTheChoiceOfAButtonOrAList(String fields, String id, String title) {
        String body = "MessageSid=SM1&From=whatsapp:%2B5511988887777&" + fields;

        TwilioMessage message = new TwilioMessage(
                TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow());

        assertEquals(
                Interaction.Reply.of(id, title), message.toInbound(1).getFirst().content());
    }

    @Test
    void readsEachFileOfAMessage() {
        List<InboundMessage> messages = read(
                "NumMedia=3&Body=Fotos&MediaContentType0=image/jpeg&MediaUrl0=https://a/0"
                        + "&MediaContentType1=video/mp4&MediaUrl1=https://a/1&MediaContentType9=application/pdf&MediaUrl9=https://a/9");

        assertEquals(
                List.of("SM1", "SM1/1", "SM1/2"),
                messages.stream().map(message -> message.deliveryId().id()).toList());
        assertEquals(
                List.of("Imagem", "Vídeo", "Documento"),
                messages.stream()
                        .map(message -> message.content().contentType())
                        .toList());
        assertEquals("Fotos", messages.getFirst().content().readableText());
        assertEquals(null, messages.getLast().content().readableText());
    }

    @Test
    void readsReactionsListsFormsAndContacts() {
        assertEquals(
                new MessageChange.Reaction("SM0", "👍"),
                read("MessageType=reaction&Body=%F0%9F%91%8D&OriginalRepliedMessageSid=SM0")
                        .getFirst()
                        .content());
        assertEquals(
                new Interaction.Reply("l1", "Sala", "2 vagas", null),
                read("ListId=l1&ListTitle=Sala&ListDescription=2+vagas")
                        .getFirst()
                        .content());
        assertEquals(
                new Interaction.Reply(null, "Enviado", null, Map.of("cidade", "Campinas")),
                read("Body=Enviado&InteractiveData=%7B%22cidade%22%3A%22Campinas%22%7D")
                        .getFirst()
                        .content());
        assertEquals(
                new Contacts(List.of(new ContactCard("Ana", null, List.of("+55 11"), List.of()))),
                read("Contacts=%5B%7B%22name%22%3A%7B%22formatted_name%22%3A%22Ana%22%7D%2C"
                                + "%22phones%22%3A%5B%7B%22phone%22%3A%22%2B55+11%22%7D%2C7%5D%7D%5D")
                        .getFirst()
                        .content());
    }

    @Test
    void replacesWhatCannotBeStoredInEveryFieldAndName() {
        InboundMessage message = read("Body=a%00&ProfileName=%00&a%00b=c%00&OriginalRepliedMessageSid=SM%00&x=%00&x=1")
                .getFirst();

        assertEquals("c\uFFFD", message.raw().getString("a\uFFFDb"));
        assertEquals("\uFFFD", message.raw().getJsonArray("x").getString(0));
        assertEquals("\uFFFD", message.raw().getString("ProfileName"));
        assertEquals("\uFFFD", message.contact().name());
        assertEquals("SM\uFFFD", message.context().replyTo());
    }

    private static List<InboundMessage> read(String fields) {
        String body = "MessageSid=SM1&From=whatsapp:%2B5511988887777&" + fields;
        return new TwilioMessage(
                        TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .toInbound(1);
    }
}
