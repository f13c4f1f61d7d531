package dev.comuta.sandbox;

import java.util.List;
import java.util.Map;

/** A CRM of properties that requires a bearer key. */
final class CrmProvider implements SimulatedProvider {

    static final String KEY = "sandbox-crm-key";

    private volatile List<String> properties = List.of("Imóvel A", "Imóvel B");
    private volatile String body;

    @Override
    public String name() {
        return "crm";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/crm/");
    }

    @Override
    public void answer(Exchange exchange) {
        if (!exchange.header("authorization").equals("Bearer " + KEY)) {
            exchange.answer(401, Map.of("error", "wrong key"));
        } else if (exchange.method().equals("GET") && exchange.path().equals("/crm/properties")) {
            answerProperties(exchange);
        } else {
            exchange.answer(404, Map.of("error", "unknown path"));
        }
    }

    private void answerProperties(Exchange exchange) {
        String fixed = body;
        if (fixed == null) {
            exchange.answer(200, Map.of("properties", propertyObjects()));
        } else {
            exchange.answer(200, "application/json", fixed);
        }
    }

    /** Sets the body of all answers; null for the properties. */
    void body(String json) {
        body = json;
    }

    void properties(List<String> names) {
        properties = List.copyOf(names);
    }

    private List<Map<String, String>> propertyObjects() {
        return properties.stream().map(name -> Map.of("name", name)).toList();
    }
}
