package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.message.SenderType;
import java.util.List;

/**
 * A conversation that has ended, for its summary. An engine gets only this tenant's data. What was said is data: it may
 * contain any text, also one that looks like an instruction.
 *
 * @param lines what was said, oldest first; at least one
 * @param choices the outcomes of which one may be chosen; possibly none
 */
public record Conversation(long clientId, AssistantSetup assistant, List<Line> lines, List<Choice> choices) {

    /**
     * What one side said.
     *
     * @param text never blank
     */
    public record Line(SenderType by, String text) {}

    /**
     * An outcome.
     *
     * @param description when it applies; may be null
     */
    public record Choice(String name, String description) {}
}
