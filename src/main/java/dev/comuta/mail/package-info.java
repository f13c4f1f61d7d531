/**
 * The port by which rooms send mail.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.mail.Mailer}
 *   <li>Uses: none
 * </ul>
 */
package dev.comuta.mail;
