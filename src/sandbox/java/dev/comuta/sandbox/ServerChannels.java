package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.platform.secret.OpenedSecrets;
import dev.comuta.platform.secret.Secrets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The active channels of one type of all clients in the server's database, with the secrets that their providers would know.
 * The sandbox made the key that opens them.
 */
final class ServerChannels implements Supplier<List<PhoneChannel>> {

    private static final String QUERY = """
            select h.ChannelIdentifier, h.Provider, h.ProviderID, h.WebhookSecret, h.Credentials, c.ClientName
            from CommunicationChannels h join Clients c on c.ClientID = h.ClientID
            where h.ChannelType = '{type}' and h.Status = 'Ativo'
            order by h.ChannelID desc limit 1000""";

    private final String type;
    private final PlatformSql sql;
    private final Secrets secrets;

    /** @param type WhatsApp or VoiceCall */
    ServerChannels(String type, PlatformSql sql, String secretsKey) {
        this.type = type;
        this.sql = sql;
        this.secrets = OpenedSecrets.under(secretsKey);
    }

    @Override
    public List<PhoneChannel> get() {
        return sql.query(QUERY.replace("{type}", type)).stream()
                .map(this::channel)
                .toList();
    }

    private PhoneChannel channel(Map<String, Object> row) {
        String provider = text(row, "provider");
        JsonNode credentials = Json.read(opened(row, "credentials", "{}"));
        String secret =
                switch (provider) {
                    case PhoneChannel.META -> credentials.path("accessToken").asText();
                    case PhoneChannel.TWILIO -> credentials.path("authToken").asText();
                    default -> opened(row, "webhooksecret", "");
                };
        return new PhoneChannel(
                text(row, "channelidentifier"),
                text(row, "clientname"),
                provider,
                text(row, "providerid"),
                credentials.path("accountSid").textValue(),
                secret);
    }

    private String opened(Map<String, Object> row, String column, String otherwise) {
        String sealed = text(row, column);
        return sealed == null ? otherwise : secrets.open(sealed);
    }

    private static String text(Map<String, Object> row, String column) {
        return row.get(column) == null ? null : row.get(column).toString();
    }
}
