/**
 * The call plan of a channel: what an incoming call hears, which telephones ring, in which order and for how long. The
 * plan becomes the script of a call when the call begins, and a later change of the plan does not change the script.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.call.plan.DialedNumbers}, {@link dev.comuta.call.plan.PlanRules}
 *   <li>Uses: call.answer, channel, people
 * </ul>
 */
package dev.comuta.call.plan;
