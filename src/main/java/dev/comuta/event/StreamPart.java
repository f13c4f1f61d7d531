package dev.comuta.event;

/**
 * What a listener is sent.
 *
 * @param cursor where it goes on after this
 * @param event null when there is none and the stream only says where it is
 */
record StreamPart(EventCursor cursor, EventView event) {}
