/**
 * The rules of WhatsApp for what a company sends to an end user.
 *
 * <p>{@link dev.comuta.message.rule.SendingRules} checks them before a message is stored, and the window once more before
 * it is sent.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: session channel people
 * </ul>
 */
package dev.comuta.message.rule;
