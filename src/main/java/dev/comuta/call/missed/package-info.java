/**
 * Calls that nobody of the company took, and what follows them: a template to the caller, and the task 'Retorno'.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call, call.plan, call.notice
 * </ul>
 */
package dev.comuta.call.missed;
