/**
 * Shows end users that their message was read and that an answer is being written, where the channel wants it.
 *
 * <p>A turn requests the task 'LeituraMensagem' when it accepts messages. The task runs beside the turn: it has one
 * attempt, and its failure changes nothing.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.message.reading.ReadMarker}
 *   <li>Uses: channel
 * </ul>
 */
package dev.comuta.message.reading;
