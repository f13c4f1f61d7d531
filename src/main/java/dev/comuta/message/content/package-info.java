/**
 * The content of messages: one model for what comes in, what goes out, the API, and the history of a turn.
 *
 * <p>Content is stored in three columns of Messages, which the room {@code message} owns.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.message.content;
