/**
 * Parked items by API: listed, counted, replayed and discarded by people.
 *
 * <p>{@link dev.comuta.message.parking.Parking} replays an item on the way of a delivery: a message and a status by
 * {@link dev.comuta.message.ParkedMessages}, an item that could not be parsed by its provider.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.message.parking.UnreadableItems}
 * </ul>
 */
package dev.comuta.message.parking;
