package dev.comuta.provider.openai;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the thoughts of a model, and the tokens of its chat template, which some servers leave in the text. Every
 * pattern needs linear time.
 */
final class ModelTokens {

    private static final String THOUGHT = "think|thinking|thoughts?|reasoning|reflection|scratchpad|seed:think";
    private static final Pattern THOUGHT_TAG = Pattern.compile(
            "<(?<open>" + THOUGHT + ")>|</(?:" + THOUGHT
                    + ")>|(?<bracket>\\[THINK])|\\[/THINK]|(?<mark>◁think▷)|◁/think▷",
            Pattern.CASE_INSENSITIVE);

    /** The start of a message of the harmony format: its channel, perhaps a recipient, its text. */
    private static final String CHANNEL = "<|channel|>";

    private static final String MESSAGE = "<|message|>";

    /** What follows belongs to another turn, which the model invented. */
    private static final Pattern END_OF_TURN = Pattern.compile(
            "<\\|(?:im_end|eot_id|eom_id|eot|endoftext|end_of_text|end|return|call|eos|end_of_turn|END_OF_TURN_TOKEN)\\|>"
                    + "|<(?:end_of_turn|eos)>|<｜end▁of▁sentence｜>");

    /** The start of a message with the name of its role. */
    private static final Pattern ROLE = Pattern.compile(
            "(?:<\\|(?:im_start|start_header_id|start)\\|>|<start_of_turn>)\\s{0,4}(?:assistant|model|system|user|tool)?"
                    + "(?:<\\|end_header_id\\|>)?");

    private static final Pattern TOKEN =
            Pattern.compile("<\\|[\\w /:.=-]{1,40}\\|>|<｜[^<>｜]{1,40}｜>|\\[/?INST]|<</?SYS>>"
                    + "|<(?:start_of_turn|end_of_turn|bos|eos|pad|unk)>|^\\s*<s>|</s>\\s*$");

    private ModelTokens() {}

    /** The text that the model said to the end user. */
    static String said(String raw) {
        String answer = withoutCalls(finalMessage(withoutThoughts(raw)));
        String begun = ROLE.matcher(answer).replaceAll("");
        return TOKEN.matcher(firstTurn(begun)).replaceAll("").strip();
    }

    /** A thought without its end is the rest of the text; one without its beginning, which a template wrote, the start. */
    private static String withoutThoughts(String text) {
        StringBuilder said = new StringBuilder();
        Matcher tag = THOUGHT_TAG.matcher(text);
        boolean thinks = false;
        int from = 0;
        while (tag.find()) {
            boolean opens = tag.group("open") != null || tag.group("bracket") != null || tag.group("mark") != null;
            if (opens && !thinks) {
                said.append(text, from, tag.start());
            } else if (!opens && !thinks) {
                said.setLength(0);
            }
            thinks = opens;
            from = tag.end();
        }
        return thinks ? said.toString() : said.append(text, from, text.length()).toString();
    }

    /** Of the channels of the harmony format only the final one is for the end user. */
    private static String finalMessage(String text) {
        if (!text.contains(CHANNEL)) {
            return text;
        }
        int channel = text.lastIndexOf(CHANNEL + "final");
        int message = channel < 0 ? -1 : text.indexOf(MESSAGE, channel);
        return message < 0 ? "" : text.substring(message + MESSAGE.length());
    }

    /** Calls in the form of DeepSeek end a message. Their arguments are not read. */
    private static String withoutCalls(String text) {
        int calls = text.indexOf("<｜tool▁call");
        return calls < 0 ? text : text.substring(0, calls);
    }

    private static String firstTurn(String text) {
        Matcher end = END_OF_TURN.matcher(text);
        int from = 0;
        while (end.find()) {
            String turn = text.substring(from, end.start());
            if (!TOKEN.matcher(turn).replaceAll("").isBlank()) {
                return turn;
            }
            from = end.end();
        }
        return text.substring(from);
    }
}
