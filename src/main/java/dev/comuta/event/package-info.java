/**
 * What happened, in order, for ever: the design document's Events.
 *
 * <p>Owns the table Events. Rooms below write through {@link dev.comuta.event.Events} inside their own transactions;
 * nobody changes or removes an event. Clients read them as a list and follow them as a stream, in the same
 * order. Uses only {@code platform}.
 */
package dev.comuta.event;
