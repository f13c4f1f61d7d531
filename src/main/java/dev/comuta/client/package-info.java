/**
 * Client companies and their terms: allowed hosts and individual limits.
 *
 * <ul>
 *   <li>Tables: Clients
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: task, event
 * </ul>
 */
package dev.comuta.client;
