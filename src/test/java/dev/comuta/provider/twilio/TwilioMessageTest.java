package dev.comuta.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.content.Interaction;
import java.nio.charset.StandardCharsets;
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
    })
    void mapsFieldsToAContentType(String fields, String contentType) {
        String body = "MessageSid=SM1&From=whatsapp:%2B5511988887777&" + fields;

        TwilioMessage message = new TwilioMessage(TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(contentType, message.toInbound(1).content().contentType());
    }

    @ParameterizedTest
    @CsvSource({
        "%2B5215512345678, phone, +525512345678, +5215512345678",
        "%2B15550783881, phone, +15550783881, +15550783881",
        "BR.13491208655302741918, bsuid, BR.13491208655302741918,",
    })
    void identifiesTheSender(String address, String kind, String key, String phone) {
        String body = "MessageSid=SM1&ProfileName=Maria&Body=Oi&From=whatsapp:" + address;

        TwilioMessage message = new TwilioMessage(TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(
                new Contact(kind, key, phone, "Maria"), message.toInbound(1).contact());
    }

    @ParameterizedTest
    @CsvSource({
        "ButtonText=Sim&Body=, , Sim",
        "ButtonPayload=visita&ButtonText=Agendar&Body=Agendar, visita, Agendar",
        "ListId=l1&ListTitle=Item&Body=Item, l1, Item",
    })
    void readsTheChoiceOfAButtonOrAList(String fields, String id, String title) {
        String body = "MessageSid=SM1&From=whatsapp:%2B5511988887777&" + fields;

        TwilioMessage message = new TwilioMessage(TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(Interaction.Reply.of(id, title), message.toInbound(1).content());
    }
}
