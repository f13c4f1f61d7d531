/**
 * The turn: the assistant of a session answers what is unanswered, or runs tools whose results request the next turn.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: 'LimiteDeTurnoAtingido'
 *   <li>Ports: {@link dev.comuta.assistant.turn.AssistantEngine}, {@link dev.comuta.assistant.turn.ToolRunner}
 * </ul>
 */
package dev.comuta.assistant.turn;
