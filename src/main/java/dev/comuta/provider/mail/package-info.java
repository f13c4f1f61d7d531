/**
 * Sends mail by SMTP: implements {@link dev.comuta.mail.Mailer}.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: mail
 * </ul>
 */
package dev.comuta.provider.mail;
