/**
 * Carries an outgoing message to its provider and stores what became of it.
 *
 * <p>Owns no table; the message's row belongs to {@code conversation}. Serves the task 'EnvioMensagem' through the port
 * {@link dev.comuta.delivery.MessageSender}, one implementation a provider. Writes 'MensagemEnviada' and 'MensagemFalhou'
 * through {@code conversation}. Uses {@code conversation}, {@code channel} and {@code task}.
 */
package dev.comuta.delivery;
