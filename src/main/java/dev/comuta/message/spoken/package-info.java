/**
 * Messages that are spoken in calls.
 *
 * <ul>
 *   <li>Tables: none; rows of Messages
 *   <li>Events: 'MensagemRecebida', 'MensagemEnviada', 'MensagemCancelada', 'MensagemFalhou'
 *   <li>Ports: none
 *   <li>Uses: message, session, task
 * </ul>
 */
package dev.comuta.message.spoken;
