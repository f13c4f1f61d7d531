package dev.comuta.call;

import dev.comuta.call.state.CallNews;
import java.util.List;

/**
 * The provider's news of a call and of its telephones, when it is asked.
 *
 * @param news of the call itself
 * @param legs news of the telephones that were dialled for it
 */
public record CallReport(CallNews news, List<Leg> legs) {

    /**
     * News of a telephone that was dialled.
     *
     * @param position in the script of the call
     * @param providerId the provider's id of the leg
     */
    public record Leg(String position, String providerId, CallNews news) {}

    /** A report without legs. */
    public static CallReport of(CallNews news) {
        return new CallReport(news, List.of());
    }
}
