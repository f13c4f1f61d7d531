package dev.comuta.provider;

import dev.comuta.media.MediaRef;
import dev.comuta.message.content.ContactCard;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.content.OptionList;
import dev.comuta.message.content.Outgoing;
import java.util.List;

/** One outgoing content of each kind. */
public final class OutgoingExamples {

    public static final Content TEXT = new Content.Text("Bom dia! Posso mostrar o imóvel amanhã às 10h.");
    public static final Content IMAGE = media("Imagem", "image/jpeg", "A fachada");
    public static final Content DOCUMENT = media("Documento", "application/pdf", "A planta");
    public static final Content VOICE = media("Áudio", "audio/ogg; codecs=opus", null);
    public static final Content STICKER = media("Figurinha", "image/webp", null);
    public static final Content VIDEO =
            new Content.Media("Vídeo", new MediaRef("1013859600285441", null, "video/mp4", null, null), "A sala");
    public static final Content PLACE = new Content.Location(-23.5614, -46.6559, "Plantão", "Av. Paulista, 1");
    public static final Content CONTACTS = new Contacts(
            List.of(new ContactCard("Ana Lima", "Horizonte", List.of("+5511987654321"), List.of("ana@example.com"))));
    public static final Content REACTION = new MessageChange.Reaction("wamid.HBgN", "👍");
    public static final Content NO_REACTION = new MessageChange.Reaction("wamid.HBgN", null);
    public static final Content BUTTONS = new Outgoing.Options(
            "Quando?",
            "Visita",
            "Horizonte",
            List.of(new Outgoing.Button("sabado", "Sábado"), new Outgoing.Button("domingo", "Domingo")),
            null,
            null);
    public static final Content LIST = new Outgoing.Options(
            "Qual imóvel?",
            null,
            null,
            null,
            new OptionList(
                    "Ver imóveis",
                    List.of(
                            new OptionList.Section("Centro", List.of(new OptionList.Row("AP-1", "Ap 1", "68 m²"))),
                            new OptionList.Section("Praia", List.of(new OptionList.Row("AP-2", "Ap 2", null))))),
            null);
    public static final Content LINK = new Outgoing.Options(
            "As fotos", null, null, null, null, new Outgoing.Link("Ver fotos", "https://example.com/imoveis/102"));
    public static final Content TEMPLATE = new Outgoing.Template(
            "visita_confirmada",
            "pt_BR",
            null,
            new Outgoing.Header(null, "Imagem", new MediaRef(null, "https://example.com/a.jpg", null, null, null)),
            List.of("Maria", "10h"),
            List.of(new Outgoing.ButtonValue(0, "URL", "102"), new Outgoing.ButtonValue(1, "QUICK_REPLY", "cancelar")));

    private OutgoingExamples() {}

    private static Content media(String kind, String mimeType, String caption) {
        MediaRef file = new MediaRef(null, "https://example.com/files/1?t=a", mimeType, "arquivo.pdf", null);
        return new Content.Media(kind, file, caption);
    }
}
