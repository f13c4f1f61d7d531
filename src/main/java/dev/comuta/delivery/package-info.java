/**
 * Carries an outgoing message to its provider and stores what became of it.
 *
 * <p>Owns no table; the message's row belongs to {@code conversation}. Serves the task 'EnvioMensagem' through the port
 * {@link dev.comuta.delivery.MessageSender}, one implementation a provider, and 'ConfirmaçãoEnvio' for what may have been
 * sent. {@link dev.comuta.delivery.Receipts} takes what providers report later. Writes 'MensagemEnviada',
 * 'MensagemEntregue', 'MensagemLida' and 'MensagemFalhou'. Uses {@code alert}, {@code conversation}, {@code channel} and {@code task}.
 */
package dev.comuta.delivery;
