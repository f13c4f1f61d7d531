package dev.comuta.platform.privacy;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Port: the personal data of an end user in one room. Every room with personal data in its tables implements it; other
 * data is neither exported nor erased.
 */
public interface PersonalData {

    /**
     * An end user.
     *
     * @param names the names under which texts may mention the person; empty for an export
     */
    record Person(long clientId, long endUserId, List<String> names) {

        /** The names as a parameter of a statement. */
        public String[] namesAsArray() {
            return names.toArray(String[]::new);
        }
    }

    /** Everything that the room stores about the person, in lists by name; it changes nothing. */
    Uni<JsonObject> export(Tx tx, Person person);

    /**
     * Erases a portion of the data, small enough for one short transaction. Records that must remain (an event, its
     * time and its ids) remain without content. Running work for the person ends, so that nothing writes the data
     * afterwards. Idempotent.
     *
     * @param after 0 for the first portion, then the result of the previous one
     * @return a positive number when more remains; null when everything is erased
     */
    Uni<Long> erase(Tx tx, Person person, long after);
}
