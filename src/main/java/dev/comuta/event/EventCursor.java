package dev.comuta.event;

import dev.comuta.platform.rest.Cursor;

/**
 * A reader's position: the reader continues with the event after it. The list and the stream use the same cursor.
 * Identity values do not commit in order, so the transaction comes first.
 *
 * @param tx the transaction that wrote the event
 */
record EventCursor(long tx, long eventId) {

    static final EventCursor START = new EventCursor(0, 0);

    private static final int NUMBERS = 2;

    /** Parses a cursor. Fails with a problem that names the field when the text is not a cursor. */
    static EventCursor parse(String field, String text) {
        long[] key = Cursor.key(field, text, NUMBERS);
        return new EventCursor(key[0], key[1]);
    }

    String text() {
        return Cursor.of(tx, eventId);
    }
}
