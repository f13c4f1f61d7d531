/**
 * Messages: inbound, outbound, and their delivery status.
 *
 * <p>{@link dev.comuta.message.InboundMessages} stores what providers deliver, in one commit; {@link
 * dev.comuta.message.OutboundMessages} writes a message with the task that sends it; {@link
 * dev.comuta.message.MessageStatusReports} applies what providers report later; {@link
 * dev.comuta.message.ParkedMessages} stores messages for numbers that no channel has yet.
 *
 * <ul>
 *   <li>Tables: Messages, InboundDeliveries, ParkedItems, MessageParts, ChannelPaces, PairPaces,
 *       TranscriptionSettings, Transcripts
 *   <li>Events: 'MensagemRecebida', 'MensagemEnviada', 'MensagemEntregue', 'MensagemLida', 'MensagemFalhou',
 *       'MensagemCancelada', 'ConsentimentoRevogado', 'ConsentimentoConcedido'
 *   <li>Ports: {@link dev.comuta.message.MessageSender}
 *   <li>Uses: session, media
 * </ul>
 */
package dev.comuta.message;
