package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateQuality;
import dev.comuta.channel.template.TemplateReports.TemplateReport;
import dev.comuta.channel.template.TemplateStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Templates as Meta writes them. */
class MetaTemplateTest {

    private static final String LISTED = """
            [{"id": "16", "name": "visita", "language": "pt_BR", "category": "UTILITY", "status": "APPROVED",
              "quality_score": {"score": "GREEN", "date": 1680000000}, "rejected_reason": "NONE",
              "components": [
                {"type": "HEADER", "format": "TEXT", "text": "Visita"},
                {"type": "BODY", "text": "Olá, {{1}}", "example": {"body_text": [["Ana"]]}},
                {"type": "BUTTONS", "buttons": [
                  {"type": "URL", "text": "Ver", "url": "https://example.com/{{1}}", "example": ["x"]}]}]},
             {"id": "17", "language": "pt_BR"}, 4]""";

    @Test
    void readsTheListAndLeavesOutWhatIsNoTemplate() {
        List<ProviderTemplate> listed = MetaTemplate.read(new JsonArray(LISTED));

        assertEquals(1, listed.size());
        ProviderTemplate template = listed.getFirst();
        assertEquals("16", template.providerId());
        assertEquals(TemplateStatus.APPROVED, template.status());
        assertEquals(TemplateQuality.HIGH, template.quality());
        assertEquals(TemplateCategory.UTILITY, template.category());
        assertNull(template.reason());
        assertEquals("Olá, {{1}}", template.components().get(1).text());
        assertEquals(
                "https://example.com/{{1}}",
                template.components().get(2).buttons().getFirst().url());
    }

    @Test
    void writesWhatItRead() {
        JsonObject body =
                MetaTemplate.toJson(MetaTemplate.read(new JsonArray(LISTED)).getFirst());

        assertEquals("UTILITY", body.getString("category"));
        assertEquals(
                new JsonObject().put("type", "BODY").put("text", "Olá, {{1}}"),
                body.getJsonArray("components").getJsonObject(1));
    }

    @Test
    void writesTheSamplesOfItsVariables() {
        ProviderTemplate read = MetaTemplate.read(new JsonArray(LISTED)).getFirst();
        List<TemplateComponent> parts = List.of(
                new TemplateComponent("HEADER", null, "Visita {{1}}", List.of("102"), null),
                new TemplateComponent("BODY", null, "Olá, {{1}}", List.of("Ana"), null),
                new TemplateComponent(
                        "BUTTONS",
                        null,
                        null,
                        List.of("a"),
                        List.of(
                                new TemplateComponent.Action("URL", "Site", "https://example.com", null),
                                new TemplateComponent.Action("URL", "Ver", "https://example.com/{{1}}", null))));

        assertEquals(
                new JsonArray("""
                [{"type": "HEADER", "format": "TEXT", "text": "Visita {{1}}", "example": {"header_text": ["102"]}},
                 {"type": "BODY", "text": "Olá, {{1}}", "example": {"body_text": [["Ana"]]}},
                 {"type": "BUTTONS", "buttons": [
                   {"type": "URL", "text": "Site", "url": "https://example.com"},
                   {"type": "URL", "text": "Ver", "url": "https://example.com/{{1}}", "example": ["a"]}]}]"""),
                MetaTemplate.toJson(new ProviderTemplate(
                                null, read.name(), "pt_BR", read.category(), TemplateStatus.PENDING, null, null, parts))
                        .getJsonArray("components"));
    }

    @Test
    void readsReportsOfStateQualityAndCategory() throws JsonProcessingException {
        assertEquals(
                List.of(
                        new TemplateReport("594425479261596", TemplateStatus.PAUSED, null, null, "FIRST_PAUSE"),
                        new TemplateReport("594425479261596", null, TemplateQuality.LOW, null, null),
                        new TemplateReport("594425479261596", null, null, TemplateCategory.MARKETING, null),
                        new TemplateReport("594425479261596", null, null, null, null)),
                MetaBatch.read(new ObjectMapper().readTree("""
                        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [
                          {"field": "message_template_status_update", "value": {"event": "PAUSED",
                            "message_template_id": 594425479261596, "message_template_name": "visita",
                            "message_template_language": "pt_BR", "reason": "FIRST_PAUSE"}},
                          {"field": "message_template_quality_update", "value": {"previous_quality_score": "GREEN",
                            "new_quality_score": "RED", "message_template_id": 594425479261596}},
                          {"field": "template_category_update", "value": {"previous_category": "UTILITY",
                            "new_category": "MARKETING", "message_template_id": 594425479261596}},
                          {"field": "message_template_status_update", "value": {"event": "FLAGGED",
                            "message_template_id": 594425479261596, "reason": "NONE"}},
                          {"field": "message_template_status_update", "value": {"event": "PAUSED"}}]}]}""")).templateReports());
    }
}
