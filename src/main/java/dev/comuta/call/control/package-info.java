/**
 * Changes of calls that go on: people hang up, hold, mute, send digits, record and transfer; machines that answer are
 * hung up on, or get a message. Each change is a task that asks the provider.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call, call.answer, call.plan, task
 * </ul>
 */
package dev.comuta.call.control;
