/**
 * Transfers of calls to another internal user or number, and the way back to the person who transferred.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call, call.answer, call.hook, call.outgoing, call.plan, people, task
 * </ul>
 */
package dev.comuta.call.transfer;
