/**
 * Conversations that the company starts.
 *
 * <p>{@link dev.comuta.message.start.StartedSessions} opens the session of a contact and a channel, or finds it, and
 * sends its first message in the same transaction.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: session channel people
 * </ul>
 */
package dev.comuta.message.start;
