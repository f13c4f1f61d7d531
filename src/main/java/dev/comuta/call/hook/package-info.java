/**
 * What providers ask for and report while a call goes on. Each report is stored, and answered with the next steps.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.call.hook.Detour}
 *   <li>Uses: call, call.plan, call.answer
 * </ul>
 */
package dev.comuta.call.hook;
