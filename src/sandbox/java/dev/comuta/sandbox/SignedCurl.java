package dev.comuta.sandbox;

import java.net.URI;
import java.util.HexFormat;

/** A webhook of scenario 2 as a shell command that signs it when it runs. */
final class SignedCurl {

    private SignedCurl() {}

    /** Bash that needs openssl and curl and can be run repeatedly. */
    static String script(URI server, RunFile.Channel channel) {
        return """
                body='{"from":"+5511998765432","to":"%s","message":"Quais imóveis estão disponíveis no bairro X?"}'
                id="msg_$(openssl rand -hex 12)"; timestamp="$(date +%%s)"
                signature="$(printf '%%s' "$id.$timestamp.$body" \\
                    | openssl dgst -sha256 -mac HMAC -macopt hexkey:%s -binary | openssl base64 -A)"
                curl -i '%s' -H 'content-type: application/json' \\
                    -H "webhook-id: $id" -H "webhook-timestamp: $timestamp" \\
                    -H "webhook-signature: v1,$signature" --data-raw "$body"
                """.formatted(
                        channel.identifier(),
                        HexFormat.of().formatHex(StandardWebhook.key(channel.webhookSecret())),
                        server.resolve("/webhooks/whatsapp"));
    }
}
