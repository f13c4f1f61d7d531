package dev.comuta.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.provider.openai.OpenAiCompletion.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a model's answer, without what servers leave in it that is not for the end user: thoughts, tokens of the
 * chat template with what follows the end of the turn, and tool calls that the server did not recognize as such.
 *
 * @param text what the end user may read; possibly empty
 * @param calls the tool calls that the text contained, in their order
 */
record ModelText(String text, List<Call> calls) {

    /** Most characters that are searched for tool calls. The text of a message is shorter. */
    private static final int MAX_SEARCHED = 16_384;

    /** Most objects that are read. */
    private static final int MAX_OBJECTS = 64;

    private static final List<String> NAMES = List.of("name", "tool", "tool_name", "function");
    private static final List<String> ARGUMENTS = List.of("arguments", "parameters", "args", "input");

    /** Marks of a tool call, which go with it. */
    private static final Pattern MARKS = Pattern.compile(
            "</?(?:tool_calls?|function_calls?|tools?)>|\\[/?TOOL_CALLS?]|functools(?=\\s*\\[)|</function>",
            Pattern.CASE_INSENSITIVE);

    /** A call in a form that is not JSON. Its arguments are not read. */
    private static final Pattern OTHER_CALL =
            Pattern.compile("<function=|<invoke name=|<parameter=", Pattern.CASE_INSENSITIVE);

    /** The start of a call in JSON, whose end may be missing. */
    private static final Pattern CALL_START =
            Pattern.compile("\\{\\s*\"(?:name|tool|tool_name|function|tool_calls|function_call|type)\"\\s*:");

    private static final Pattern WITH_ARGUMENTS = Pattern.compile("\"(?:arguments|parameters)\"\\s*:");

    private static final Pattern OBJECT_START = Pattern.compile("\\{\\s*\"");
    private static final Pattern EMPTY_FENCE = Pattern.compile("```\\w{0,20}[\\s\\[\\],;]*```");
    private static final Pattern PUNCTUATION = Pattern.compile("[\\s\\[\\]{},;`]*+(?:json)?[\\s\\[\\]{},;`]*+");

    static ModelText of(String raw) {
        String said = ModelTokens.said(raw);
        String searched = said.length() <= MAX_SEARCHED ? said : said.substring(0, MAX_SEARCHED);
        List<Call> calls = new ArrayList<>();
        String rest = withoutCalls(searched, calls);
        String plain = MARKS.matcher(rest).replaceAll("");
        if (rest.length() < searched.length()) {
            plain = EMPTY_FENCE.matcher(plain).replaceAll("");
            plain = PUNCTUATION.matcher(plain).matches() ? "" : plain;
        }
        return new ModelText(plain.strip(), List.copyOf(calls));
    }

    private static String withoutCalls(String text, List<Call> calls) {
        Matcher other = OTHER_CALL.matcher(text);
        String searched = other.find() ? text.substring(0, other.start()) : text;
        StringBuilder rest = new StringBuilder();
        Matcher start = OBJECT_START.matcher(searched);
        int from = 0;
        for (int objects = 0; objects < MAX_OBJECTS && start.find(from); objects++) {
            int end = endOfObject(searched, start.start());
            if (end < 0) {
                boolean cutOff = CALL_START
                        .matcher(searched)
                        .region(start.start(), searched.length())
                        .lookingAt();
                return rest.append(searched, from, cutOff ? start.start() : searched.length())
                        .toString();
            }
            List<Call> found = calls(searched.substring(start.start(), end));
            calls.addAll(found);
            rest.append(searched, from, found.isEmpty() ? end : start.start());
            from = end;
        }
        return rest.append(searched, from, searched.length()).toString();
    }

    /** The position after the object that begins here; -1 when it does not end. */
    private static int endOfObject(String text, int start) {
        int depth = 0;
        boolean inString = false;
        for (int i = start; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                inString = !inString;
            } else if (inString && character == '\\') {
                i++;
            } else if (!inString && character == '{') {
                depth++;
            } else if (!inString && character == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The calls in an object; none when it is something else. One in wrong JSON is a call without a tool. */
    private static List<Call> calls(String object) {
        try {
            return calls(UntrustedJson.mapper().readTree(object));
        } catch (JsonProcessingException notJson) {
            boolean isCall = CALL_START.matcher(object).lookingAt()
                    && WITH_ARGUMENTS.matcher(object).find();
            return isCall ? List.of(new Call(null, "", null)) : List.of();
        }
    }

    private static List<Call> calls(JsonNode node) {
        Call call = call(node);
        if (call != null) {
            return List.of(call);
        }
        List<Call> calls = new ArrayList<>();
        node.forEach(child -> calls.addAll(calls(child)));
        return calls;
    }

    /** Null for a node that is no call. */
    private static Call call(JsonNode object) {
        String name = NAMES.stream()
                .map(key -> object.path(key).asText(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
        JsonNode arguments = ARGUMENTS.stream()
                .filter(object::has)
                .findFirst()
                .map(object::path)
                .orElse(null);
        return name == null || arguments == null ? null : Call.of(null, name, arguments);
    }
}
