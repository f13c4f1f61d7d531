package dev.comuta.message.content;

import dev.comuta.platform.problem.Problem.Violation;
import java.util.List;

/** A button or a row that an end user may choose, with the path of its field. */
record Choice(String path, String id, String title) {

    /** Ids must differ and be without spaces around them. */
    static Violation ids(List<Choice> choices) {
        Violation spaced = TextRules.first(choices.stream()
                .filter(choice ->
                        choice.id() != null && !choice.id().equals(choice.id().strip()))
                .map(choice -> new Violation(choice.path() + ".id", "must begin and end without spaces")));
        return spaced == null
                ? TextRules.distinct(
                        choices.stream().map(choice -> new TextRules.Value(choice.path() + ".id", choice.id())))
                : spaced;
    }
}
