package dev.comuta.platform.privacy;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Port: what a room keeps about an end user. Every room whose tables hold something about one implements it; what no room
 * tells here is neither exported nor erased.
 */
public interface PersonalData {

    /**
     * An end user.
     *
     * @param names how the person may be spelled in texts; empty for an export
     */
    record Person(long clientId, long endUserId, List<String> names) {

        /** The names as a parameter of a statement. */
        public String[] namesAsArray() {
            return names.toArray(String[]::new);
        }
    }

    /** All that the room keeps about the person, in lists by name; it changes nothing. */
    Uni<JsonObject> export(Tx tx, Person person);

    /**
     * Removes it. What must stay (that something happened, when, and between which ids) stays without content. What is
     * under way for the person ends, so that nothing writes it again. Done twice it has the effect of once.
     */
    Uni<Void> erase(Tx tx, Person person);
}
