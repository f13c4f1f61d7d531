/**
 * Recurring jobs of the platform.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.task.job.RecurringHandler}
 * </ul>
 */
package dev.comuta.task.job;
