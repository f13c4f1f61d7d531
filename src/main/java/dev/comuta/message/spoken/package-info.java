/**
 * Messages that are spoken in calls.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: message, session, task
 * </ul>
 */
package dev.comuta.message.spoken;
