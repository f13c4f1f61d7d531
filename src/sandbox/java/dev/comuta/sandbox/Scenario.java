package dev.comuta.sandbox;

import dev.comuta.sandbox.voice.VoiceGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Request bodies that register the client of the design document. */
final class Scenario {

    private Scenario() {}

    static Map<String, Object> client() {
        return Map.of("clientName", "Imobiliária XPTO", "additionalInfo", "Especialista em imóveis de luxo");
    }

    static Map<String, Object> assistant() {
        return Map.of(
                "assistantName", "Atendente",
                "specialization", "Imóveis",
                "implementationReference", "builtin:atendente");
    }

    static Map<String, Object> user() {
        return Map.of(
                "userName", "João Correia",
                "userRole", "Corretor",
                "email", "joao@imobiliariaxpto.com",
                "phoneNumber", "+5511988888888",
                "status", "Ativo");
    }

    static Map<String, Object> association(long assistantId) {
        return Map.of("assistantId", assistantId, "configuration", configuration());
    }

    static Map<String, Object> tool(URI sandbox) {
        return Map.of(
                "toolName", "consultar_imoveis",
                "taskType", "ConsultaCRM",
                "description", "Imóveis disponíveis em um bairro",
                "configuration", crmConfiguration(sandbox));
    }

    static Map<String, Object> whatsApp(String number, URI sandbox, long assistantId, long userId) {
        return channel("WhatsApp", number, sandbox, assistantId, userId);
    }

    static Map<String, Object> twilio(
            String number, String accountSid, String authToken, long assistantId, long userId) {
        return Map.of(
                "channelType",
                "WhatsApp",
                "channelIdentifier",
                number,
                "status",
                "Ativo",
                "provider",
                "Twilio",
                "credentials",
                Map.of("accountSid", accountSid, "authToken", authToken),
                "assistantId",
                assistantId,
                "defaultUserId",
                userId);
    }

    static Map<String, Object> voice(String number, URI sandbox, long assistantId, long userId) {
        Map<String, Object> body = channel("VoiceCall", number, sandbox, assistantId, userId);
        body.put("sipTrunkId", "Trunk_X");
        body.put("outboundUrl", sandbox.resolve(VoiceGateway.PATH).toString());
        return body;
    }

    static Map<String, Object> liveKit(String number, Map<String, String> credentials, String trunkId, long userId) {
        return Map.of(
                "channelType",
                "VoiceCall",
                "channelIdentifier",
                number,
                "status",
                "Ativo",
                "provider",
                "LiveKit",
                "credentials",
                credentials,
                "sipTrunkId",
                trunkId,
                "defaultUserId",
                userId);
    }

    static Map<String, Object> meta(String number, URI sandbox, long assistantId, long userId) {
        Map<String, Object> body = channel("WhatsApp", number, sandbox, assistantId, userId);
        body.remove("outboundUrl");
        body.put("provider", "Meta");
        body.put("providerId", MetaProvider.PHONE_NUMBER_ID);
        body.put(
                "credentials",
                Map.of("accessToken", MetaProvider.ACCESS_TOKEN, "businessAccountId", MetaProvider.ACCOUNT_ID));
        return body;
    }

    private static Map<String, Object> channel(String type, String number, URI sandbox, long assistantId, long userId) {
        Map<String, Object> body = new HashMap<>();
        body.put("channelType", type);
        body.put("channelIdentifier", number);
        body.put("status", "Ativo");
        body.put("provider", "Gateway");
        body.put("outboundUrl", sandbox.resolve("/gateway/messages").toString());
        body.put("assistantId", assistantId);
        body.put("defaultUserId", userId);
        return body;
    }

    private static Map<String, Object> crmConfiguration(URI sandbox) {
        return Map.of(
                "method", "GET",
                "url", sandbox + "/crm/properties?bairro={bairro}",
                "authentication", Map.of("type", "bearer", "token", CrmProvider.KEY),
                "parameters",
                        Map.of(
                                "type", "object",
                                "properties", Map.of("bairro", Map.of("type", "string")),
                                "required", List.of("bairro")),
                "result", Map.of("propriedades", "$.properties[*].name"));
    }

    private static Object configuration() {
        try (InputStream in = Scenario.class.getResourceAsStream("/sandbox/atendente.json")) {
            return Json.read(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
