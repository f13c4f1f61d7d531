/**
 * Client companies, and the terms that the platform agreed with each.
 *
 * <ul>
 *   <li>Tables: Clients
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: task, event
 * </ul>
 */
package dev.comuta.client;
