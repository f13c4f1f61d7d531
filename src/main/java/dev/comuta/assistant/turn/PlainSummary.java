package dev.comuta.assistant.turn;

import dev.comuta.assistant.engine.IntentConfiguration;
import dev.comuta.assistant.engine.IntentConfiguration.CallOutcome;
import dev.comuta.assistant.expression.BoundedPattern;
import dev.comuta.assistant.turn.Conversation.Line;
import dev.comuta.message.SenderType;
import dev.comuta.platform.http.StorableText;
import java.util.ArrayList;
import java.util.List;

/** A summary without a model: what the end user said last, each with what was answered first. */
final class PlainSummary {

    /** Most exchanges that it quotes, which are the latest ones. */
    private static final int MAX_EXCHANGES = 6;

    /** Most characters of one quotation. */
    private static final int LONGEST_QUOTE = 150;

    private PlainSummary() {}

    static Summary of(Conversation conversation, IntentConfiguration configuration) {
        return Summary.of(conversation, text(conversation.lines()), outcome(conversation, configuration), 0);
    }

    private static String text(List<Line> lines) {
        List<String> exchanges = new ArrayList<>();
        boolean unanswered = false;
        for (Line line : lines) {
            if (line.by() == SenderType.END_USER) {
                exchanges.add("Cliente: " + quoted(line));
                unanswered = true;
            } else if (unanswered) {
                exchanges.add(exchanges.removeLast() + " Resposta: " + quoted(line));
                unanswered = false;
            }
        }
        int from = Math.max(0, exchanges.size() - MAX_EXCHANGES);
        return String.join("\n", exchanges.subList(from, exchanges.size()));
    }

    private static String quoted(Line line) {
        String text = line.text().strip().replaceAll("\\s+", " ");
        return text.length() <= LONGEST_QUOTE
                ? "“" + text + "”"
                : "“" + StorableText.cut(text, LONGEST_QUOTE - 1) + "…”";
    }

    /** The first configured outcome, of those that may be chosen, whose pattern occurs in what was said; else null. */
    private static String outcome(Conversation conversation, IntentConfiguration configuration) {
        int searched = configuration.searchedForOutcomes(conversation.lines().size());
        return configuration.outcomes().stream()
                .filter(each -> conversation.choices().stream().anyMatch(choice -> choice.name()
                        .equalsIgnoreCase(each.outcome().strip())))
                .filter(each -> conversation.lines().stream().anyMatch(line -> occurs(each, line, searched)))
                .map(CallOutcome::outcome)
                .findFirst()
                .orElse(null);
    }

    private static boolean occurs(CallOutcome outcome, Line line, int searched) {
        String start = line.text().substring(0, Math.min(line.text().length(), searched));
        return outcome.patterns().stream()
                .anyMatch(pattern ->
                        BoundedPattern.of(pattern, true).matcher(start).find());
    }
}
