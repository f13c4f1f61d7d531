/**
 * The assistant speaks with callers. Their words are messages of the session of the call, and so are its answers.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call, call.plan, call.hook, message.spoken
 * </ul>
 */
package dev.comuta.call.talk;
