package dev.comuta.assistant.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Named {@link ResultPath}s, which select the result of a tool from a response. */
public final class ResultPaths {

    static final int MAX_PATHS = 50;

    private final Map<String, ResultPath> paths = new TreeMap<>();

    private ResultPaths() {}

    /** Reads the paths, by the name of their values; fails with {@link InvalidExpression}. */
    public static ResultPaths of(Map<String, ?> texts) {
        if (texts.size() > MAX_PATHS) {
            throw new InvalidExpression("must have at most " + MAX_PATHS + " paths");
        }
        ResultPaths result = new ResultPaths();
        texts.forEach((name, text) -> result.paths.put(name, path(name, text)));
        return result;
    }

    private static ResultPath path(String name, Object text) {
        try {
            return ResultPath.of(text instanceof String path ? path : null);
        } catch (InvalidExpression invalid) {
            throw new InvalidExpression("." + name, invalid.getMessage());
        }
    }

    /** The values by name. Fails with {@link InvalidExpression} when they or the way to them are too large. */
    public ObjectNode select(JsonNode document) {
        Evaluation.requireOffEventLoop();
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        ResultPath.Budget budget = new ResultPath.Budget();
        paths.forEach((name, path) -> values.set(name, path.read(document, budget)));
        return values;
    }
}
