/**
 * After a call: its summary and its outcome, written by the assistant of its session, and editable by people.
 *
 * <p>{@link dev.comuta.call.summary.EndedCalls} requests the task 'ResumoLigação' when a call in which something was said
 * has ended, and {@link dev.comuta.call.summary.SummaryHandler} runs it. What a person wrote is never overwritten.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.call.summary.SpokenText}
 *   <li>Uses: call, assistant.turn
 * </ul>
 */
package dev.comuta.call.summary;
