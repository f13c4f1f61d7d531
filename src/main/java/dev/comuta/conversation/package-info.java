/**
 * Sessions and their messages: what came in, what goes out, and who has the word.
 *
 * <p>Owns the tables Sessions, Messages, ProviderReceipts and ParkedItems. {@link dev.comuta.conversation.InboundMessages} accepts what
 * providers deliver, in one commit; {@link dev.comuta.conversation.OutboundMessages} writes what shall be sent, with the
 * task that carries it; {@link dev.comuta.conversation.ParkedMessages} keeps what came for nobody until its number is
 * registered, and serves the task 'ReplayEstacionados'. Writes the events 'MensagemRecebida', 'SessãoEncerrada' and 'SessãoTransferida'. Uses
 * {@code people}, {@code channel}, {@code client}, {@code alert}, {@code task} and {@code event}.
 */
package dev.comuta.conversation;
