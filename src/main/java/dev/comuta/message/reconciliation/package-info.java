/**
 * What was received, for comparison with the list of a provider.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 * </ul>
 */
package dev.comuta.message.reconciliation;
