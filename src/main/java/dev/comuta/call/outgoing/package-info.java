/**
 * Calls that the company makes, and the rules about them: whom, where and when the company may call, and how often.
 *
 * <p>{@link dev.comuta.call.outgoing.OutgoingCalls} stores a call with its session and the task that dials, in one
 * transaction.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call, call.answer, call.plan, channel, people, quota
 * </ul>
 */
package dev.comuta.call.outgoing;
