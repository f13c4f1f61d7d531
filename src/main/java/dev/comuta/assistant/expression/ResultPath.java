package dev.comuta.assistant.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A path to values of a JSON document: the part of JSONPath (RFC 9535) that needs no filter and no function. It begins
 * with {@code $}, followed by names ({@code .name}, {@code ['name']}), indexes ({@code [0]}, {@code [-1]}), wildcards
 * ({@code [*]}, {@code .*}) and at most one descendant segment ({@code ..name}).
 */
final class ResultPath {

    /** The grammar, as a rule for the author of a path. */
    static final String RULE = "must be $ followed by .name, ['name'], [index], [*] and at most one ..name";

    static final int MAX_LENGTH = 500;
    private static final int MAX_STEPS = 1_000_000;
    private static final int MAX_RESULT = 262_144;

    private final List<Step> steps;

    private ResultPath(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * One segment.
     *
     * @param name null for an index or a wildcard
     * @param index null for a name or a wildcard
     * @param descends whether it selects in all descendants too
     */
    private record Step(String name, Integer index, boolean descends) {

        boolean isDefinite() {
            return !descends && (name != null || index != null);
        }

        void select(JsonNode node, Consumer<JsonNode> found) {
            if (name != null) {
                accept(node.get(name), found);
            } else if (index != null) {
                accept(node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null, found);
            } else {
                node.elements().forEachRemaining(found);
            }
        }

        private static void accept(JsonNode node, Consumer<JsonNode> found) {
            if (node != null) {
                found.accept(node);
            }
        }
    }

    /** Reads a path; fails with {@link InvalidExpression}. */
    static ResultPath of(String text) {
        List<Step> steps = new PathReader(text).steps();
        if (steps.stream().filter(Step::descends).count() > 1) {
            throw new InvalidExpression(RULE);
        }
        return new ResultPath(steps);
    }

    /**
     * The value at the path, null when there is none; an array of all values when the path can have several. Fails with
     * {@link InvalidExpression} when the result or the way to it is too large.
     */
    JsonNode read(JsonNode document, Budget budget) {
        List<JsonNode> nodes = List.of(document);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            nodes.forEach(node -> select(step, node, next, budget));
            nodes = next;
        }
        if (steps.stream().allMatch(Step::isDefinite)) {
            JsonNode found = nodes.isEmpty() ? null : nodes.getFirst();
            budget.requireSmall(found);
            return found;
        }
        nodes.forEach(budget::requireSmall);
        ArrayNode all = JsonNodeFactory.instance.arrayNode(nodes.size());
        return all.addAll(nodes);
    }

    private static void select(Step step, JsonNode node, List<JsonNode> found, Budget budget) {
        budget.step();
        step.select(node, selected -> {
            budget.step();
            found.add(selected);
        });
        if (step.descends()) {
            node.elements().forEachRemaining(child -> select(step, child, found, budget));
        }
    }

    /** The work and the size that are left to one response. */
    static final class Budget {

        private int steps = MAX_STEPS;
        private int characters = MAX_RESULT;

        void step() {
            Steps.take(Steps.OF_NODE);
            if (--steps < 0) {
                throw new InvalidExpression("selects too many values");
            }
        }

        void requireSmall(JsonNode node) {
            characters -= node == null
                    ? 0
                    : 1 + (node.isContainerNode() ? 0 : node.asText().length());
            if (characters < 0) {
                throw new InvalidExpression("selects more than " + MAX_RESULT + " characters");
            }
            if (node != null && node.isObject()) {
                node.fieldNames().forEachRemaining(name -> characters -= name.length());
            }
            if (node != null) {
                node.elements().forEachRemaining(this::requireSmall);
            }
        }
    }

    /** Reads the grammar, character by character. */
    private static final class PathReader {

        private final String text;
        private int at = 1;

        PathReader(String text) {
            this.text = text;
            require(text != null && text.length() <= MAX_LENGTH && text.startsWith("$"));
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            while (at < text.length()) {
                steps.add(step());
            }
            return steps;
        }

        private Step step() {
            boolean dot = skip('.');
            boolean descends = dot && skip('.');
            if ((!dot || descends) && skip('[')) {
                Step step = bracket(descends);
                require(skip(']'));
                return step;
            }
            require(dot);
            return skip('*') ? new Step(null, null, descends) : new Step(name(), null, descends);
        }

        private Step bracket(boolean descends) {
            if (skip('*')) {
                return new Step(null, null, descends);
            }
            if (skip('\'')) {
                return new Step(quoted('\''), null, descends);
            }
            return skip('"') ? new Step(quoted('"'), null, descends) : new Step(null, index(), descends);
        }

        private String name() {
            int start = at;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            require(at > start);
            return text.substring(start, at);
        }

        private static boolean isNamePart(char c) {
            return c == '_' || c == '-' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
        }

        private String quoted(char quote) {
            int end = text.indexOf(quote, at);
            require(end > at && text.substring(at, end).indexOf('\\') < 0);
            String name = text.substring(at, end);
            at = end + 1;
            return name;
        }

        private Integer index() {
            int end = text.indexOf(']', at);
            require(end > at && end - at <= 7);
            String digits = text.substring(at, end);
            require(digits.matches("-?[0-9]{1,6}"));
            at = end;
            return Integer.valueOf(digits);
        }

        private boolean skip(char c) {
            boolean here = at < text.length() && text.charAt(at) == c;
            at += here ? 1 : 0;
            return here;
        }

        private static void require(boolean holds) {
            if (!holds) {
                throw new InvalidExpression(RULE);
            }
        }
    }
}
