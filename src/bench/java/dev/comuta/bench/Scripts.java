package dev.comuta.bench;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** What the assistant of the benchmark is made of: one question, one look-up, one answer. */
final class Scripts {

    private Scripts() {}

    static Map<String, Object> assistant() {
        return Map.of("assistantName", "Atendente", "implementationReference", "builtin:atendente");
    }

    static Map<String, Object> association(long assistantId) {
        Map<String, Object> intent = Map.of(
                "name", "imoveis_por_bairro",
                "patterns", List.of("im[oó]ve(?:l|is).*bairro\\s+(?P<bairro>[\\p{L}\\p{N} ]+)"),
                "tool", "consultar_imoveis",
                "arguments", Map.of("bairro", "{bairro}"),
                "answer", "Encontrei estes imóveis no bairro {bairro}: {propriedades}.");
        return Map.of("assistantId", assistantId, "configuration", Map.of("intents", List.of(intent)));
    }

    static Map<String, Object> tool(URI vendors) {
        Map<String, Object> lookUp = Map.of(
                "method", "GET",
                "url", vendors.resolve(Sink.CRM) + "?bairro={bairro}",
                "authentication", Map.of("type", "bearer", "token", "crm-key"),
                "parameters", Map.of("type", "object", "properties", Map.of("bairro", Map.of("type", "string"))),
                "result", Map.of("propriedades", "$.properties[*].name"));
        return Map.of("toolName", "consultar_imoveis", "taskType", "ConsultaCRM", "configuration", lookUp);
    }
}
