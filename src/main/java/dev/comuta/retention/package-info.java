/**
 * Removes rows whose time is over, by the rules that the owners of the tables implement.
 *
 * <ul>
 *   <li>Tables: RetentionPolicies
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: client, task
 * </ul>
 */
package dev.comuta.retention;
