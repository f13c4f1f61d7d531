package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Deliveries with one part replaced by anything: reading never fails, and no sibling of the changed item is lost. */
class MetaBatchFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIBLING = item("irmã", "'type':'text','text':{'body':'Oi'}");

    private static final List<String> ITEMS = List.of(
            SIBLING,
            item(
                    "2",
                    "'type':'image','context':{'id':'wamid.0','forwarded':true},"
                            + "'image':{'id':'1','mime_type':'image/jpeg','sha256':'x','caption':'Sala'}"),
            item(
                    "3",
                    "'type':'contacts','contacts':[{'name':{'formatted_name':'A'},'org':{'company':'B'},"
                            + "'phones':[{'phone':'1'}],'emails':[{'email':'a@b'}]}]"),
            item(
                    "4",
                    "'type':'interactive','interactive':{'type':'nfm_reply',"
                            + "'nfm_reply':{'name':'flow','body':'Enviado','response_json':'7'}}"),
            item(
                    "5",
                    "'type':'order','order':{'catalog_id':'1','text':'','product_items':"
                            + "[{'product_retailer_id':'a','quantity':2,'item_price':30,'currency':'BRL'}]}"),
            item("6", "'type':'system','system':{'type':'user_changed_number','wa_id':'5511977776666'}"),
            item(
                    "7",
                    "'type':'edit','edit':{'original_message_id':'wamid.1',"
                            + "'message':{'type':'text','text':{'body':'novo'}}}"));

    @Property(tries = 1000)
    void losesNoItem(
            @ForAll @IntRange(max = 6) int item,
            @ForAll @IntRange(max = 60) int place,
            @ForAll @From("anything") String replacement)
            throws JsonProcessingException {
        ObjectNode body = (ObjectNode) JSON.readTree("{\"entry\":[" + entry(ITEMS.get(item)) + "]}");
        replace(body.path("entry").path(0), place, JSON.readTree(replacement));
        body.withArray("entry").add(JSON.readTree(entry(SIBLING.replace("irmã", "outra"))));

        MetaBatch batch = MetaBatch.read(body);

        List<String> ids = batch.messages().stream().map(MetaMessage::id).toList();
        assertTrue(ids.contains("wamid.outra"), body.toString());
        batch.messages().forEach(message -> assertEquals(1, message.toInbound(1).channelId()));
        batch.messages().forEach(MetaMessage::newNumber);
        batch.notices().forEach(notice -> assertTrue(notice.effect() != null && notice.summary() != null));
    }

    @Property(tries = 300)
    void losesNoSiblingInTheSameList(
            @ForAll @IntRange(max = 6) int item,
            @ForAll @IntRange(max = 30) int place,
            @ForAll @From("anything") String replacement)
            throws JsonProcessingException {
        ArrayNode messages = (ArrayNode) JSON.readTree("[[" + ITEMS.get(item) + "]]");
        replace(messages.path(0), place, JSON.readTree(replacement));
        JsonNode changed = messages.path(0).path(0);
        JsonNode body = JSON.readTree("{\"entry\":[" + entry(changed + "," + SIBLING.replace("irmã", "outra")) + "]}");

        MetaBatch batch = MetaBatch.read(body);

        assertEquals(2, batch.messages().size() + batch.unreadable().size(), body.toString());
        assertEquals("wamid.outra", batch.messages().getLast().id());
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.of("null", "7", "-1.5e300", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "{\"a\":null}");
    }

    /** Replaces the value at a place: the places are numbered depth first. */
    private static void replace(JsonNode root, int place, JsonNode replacement) {
        List<Runnable> places = new ArrayList<>();
        collect(root, replacement, places);
        places.get(place % places.size()).run();
    }

    private static void collect(JsonNode node, JsonNode replacement, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places.add(() -> object.set(name, replacement)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, replacement));
            }
        }
        node.forEach(child -> collect(child, replacement, places));
    }

    private static String item(String id, String fields) {
        return ("{'from':'5511987654321','id':'wamid." + id + "','timestamp':'1749416383'," + fields + "}")
                .replace('\'', '"');
    }

    private static String entry(String messages) {
        return ("{'id':'1','changes':[{'field':'messages','value':{'metadata':{'phone_number_id':'1'},"
                                + "'contacts':[{'wa_id':'5511987654321','profile':{'name':'Maria'}}],'messages':[")
                        .replace('\'', '"')
                + messages + "]}}]}";
    }
}
