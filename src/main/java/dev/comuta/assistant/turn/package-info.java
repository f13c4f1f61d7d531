/**
 * Turns: the assistant of a session answers its unanswered messages, or requests look-ups first. Each look-up that ends
 * requests the next turn.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: 'LimiteDeTurnoAtingido'
 *   <li>Ports: {@link dev.comuta.assistant.turn.AssistantEngine}, {@link dev.comuta.assistant.turn.ToolRunner}
 * </ul>
 */
package dev.comuta.assistant.turn;
