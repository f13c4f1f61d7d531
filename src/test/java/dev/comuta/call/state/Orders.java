package dev.comuta.call.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The orders in which the news of one call may arrive. */
public final class Orders {

    private Orders() {}

    /** Visits every order of the news, and every order in which one of the news comes twice. */
    public static void each(List<CallNews> news, Consumer<List<CallNews>> visitor) {
        permute(new ArrayList<>(news), 0, visitor);
        for (CallNews repeated : news) {
            List<CallNews> doubled = new ArrayList<>(news);
            doubled.add(repeated);
            permute(doubled, 0, visitor);
        }
    }

    private static void permute(List<CallNews> order, int fixed, Consumer<List<CallNews>> visitor) {
        if (fixed == order.size()) {
            visitor.accept(List.copyOf(order));
            return;
        }
        for (int next = fixed; next < order.size(); next++) {
            Collections.swap(order, fixed, next);
            permute(order, fixed + 1, visitor);
            Collections.swap(order, fixed, next);
        }
    }

    /**
     * What became of a call by news in one order.
     *
     * @param connections how often 'ChamadaConectada' is recorded
     * @param ends how often 'ChamadaEncerrada' is recorded
     */
    public record Run(CallState state, int connections, int ends) {

        /** Plays the news from this state on. */
        public static Run of(CallState begin, List<CallNews> order, Instant now) {
            Run run = new Run(begin, 0, 0);
            for (CallNews news : order) {
                CallState next = run.state.after(news, now);
                run = new Run(
                        next,
                        run.connections + (run.state.connectsBy(next) ? 1 : 0),
                        run.ends + (run.state.endsBy(next) ? 1 : 0));
            }
            return run;
        }
    }
}
