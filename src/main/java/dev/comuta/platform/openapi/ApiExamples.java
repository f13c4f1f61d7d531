package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes into the OpenAPI document what fields look like, in the design document's own values, where they do not say. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 1)
public class ApiExamples implements OASFilter {

    private static final Map<String, Object> TEXTS = Map.ofEntries(
            Map.entry("additionalInfo", "Especialista em imóveis de luxo"),
            Map.entry("assistantName", "Atendente"),
            Map.entry("cause", "tarefa/ConsultaCRM"),
            Map.entry("channelIdentifier", "+5511999999999"),
            Map.entry("channelType", "WhatsApp"),
            Map.entry("clientName", "Imobiliária XPTO"),
            Map.entry("content", "Quais imóveis estão disponíveis no bairro X?"),
            Map.entry("contentType", "Texto"),
            Map.entry("detail", "A tarefa ConsultaCRM falhou"),
            Map.entry("email", "joao@imobiliariaxpto.com"),
            Map.entry("eventType", "ConsultaConcluída"),
            Map.entry("implementationReference", "builtin:atendente"),
            Map.entry("liveKitRoomId", "sessao-1"),
            Map.entry("next", "NDI"),
            Map.entry("phoneNumber", "+5511988888888"),
            Map.entry("provider", "Gateway"),
            Map.entry("senderType", "Usuário-Cliente"),
            Map.entry("sessionType", "Conversa"),
            Map.entry("sipTrunkId", "Trunk_X"),
            Map.entry("specialization", "Imóveis"),
            Map.entry("taskType", "ConsultaCRM"),
            Map.entry("toolName", "buscar_imoveis"),
            Map.entry("userName", "João Correia"),
            Map.entry("userRole", "Corretor"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().values().stream()
                .filter(schema -> schema.getProperties() != null)
                .forEach(schema -> schema.getProperties().forEach(ApiExamples::exemplify));
    }

    private static void exemplify(String name, Schema property) {
        if (property.getType() == null || property.getExamples() != null) {
            return;
        }
        if (property.getType().contains(Schema.SchemaType.INTEGER)) {
            property.setExamples(List.of("status".equals(name) ? 400 : 1));
        } else if (property.getType().contains(Schema.SchemaType.STRING) && TEXTS.containsKey(name)) {
            property.setExamples(List.of(TEXTS.get(name)));
        }
    }
}
