/**
 * Many items share one batch: commits, publishes, claims.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.platform.batch.Progress}
 * </ul>
 */
package dev.comuta.platform.batch;
