/**
 * Removes rows whose retention period is over. The owners of the tables implement the rules.
 *
 * <ul>
 *   <li>Tables: RetentionPolicies
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: client, task
 * </ul>
 */
package dev.comuta.retention;
