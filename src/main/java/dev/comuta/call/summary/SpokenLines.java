package dev.comuta.call.summary;

import dev.comuta.assistant.turn.Conversation.Line;
import dev.comuta.call.CallRef;
import dev.comuta.call.summary.SpokenText.Said;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.http.StorableText;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** All that was said in a call, of every {@link SpokenText}. A long call is summarized by its end. */
@ApplicationScoped
class SpokenLines {

    /** Most characters of a call, which are the last ones, and of one line. */
    static final int LONGEST = 40_000;

    static final int LONGEST_LINE = 4_000;

    private final List<SpokenText> sources;

    SpokenLines(@All List<SpokenText> sources) {
        this.sources = sources;
    }

    /** What was said, oldest first; empty when nothing is known. */
    Uni<List<Line>> of(Tx tx, CallRef call, long sessionId) {
        return InOrder.map(sources, source -> source.of(tx, call, sessionId)).map(SpokenLines::merged);
    }

    private static List<Line> merged(List<List<Said>> all) {
        List<Said> ordered = all.stream()
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(Said::at))
                .toList();
        List<Line> newestFirst = new ArrayList<>();
        int length = 0;
        for (Said said : ordered.reversed()) {
            String text = StorableText.cut(said.text(), LONGEST_LINE);
            length += text.length();
            if (length > LONGEST) {
                break;
            }
            newestFirst.add(new Line(said.by(), text));
        }
        return List.copyOf(newestFirst.reversed());
    }
}
