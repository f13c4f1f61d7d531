/**
 * Mails to internal users about calls.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call
 * </ul>
 */
package dev.comuta.call.notice;
