package dev.comuta.message;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message of a session.
 *
 * @param senderType 'Usuário', 'Usuário-Cliente' or 'Assistente'
 * @param status of an outgoing message: 'Pendente', 'Enviada', 'Entregue', 'Lida', 'Falhou', 'Incerta'; else null
 * @param turnTaskId the assistant's turn that answered it, or wrote it; null while unanswered and for what a person of the
 *     client wrote, 0 when it was left to people
 */
@Schema(name = "Message")
public record MessageView(
        long messageId,
        long sessionId,
        String senderType,
        Content content,
        Instant timestamp,
        String status,
        Long turnTaskId) {}
