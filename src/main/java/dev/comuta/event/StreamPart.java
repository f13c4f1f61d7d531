package dev.comuta.event;

/**
 * One part of a stream.
 *
 * @param cursor the position after this part
 * @param event null for a heartbeat
 */
record StreamPart(EventCursor cursor, EventView event) {}
