/**
 * What happened, in order: the design document's Events.
 *
 * <p>Owns the table Events. Rooms below write through {@link dev.comuta.event.Events} inside their own transactions;
 * nobody changes an event but the erasure of a person, which leaves its ids, and the job that removes what is too old.
 * Clients read them as a list and follow them as a stream, in the same order. Uses only {@code platform}.
 */
package dev.comuta.event;
