package dev.comuta.message;

import dev.comuta.task.NewTask;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskType;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Task types of messages. */
@Dependent
public class MessageTasks {

    /** A turn of an assistant. Each inbound message that asks for an answer requests one. */
    @Produces
    @Singleton
    public static final TaskType TURN = TaskType.silent("RespostaAssistente", TaskQueue.TURN);

    /** Hands a session to people, because a message arrived too late for the assistant. */
    @Produces
    @Singleton
    public static final TaskType LATE_MESSAGE = TaskType.silent("MensagemAtrasada", TaskQueue.TURN);

    /** A person took a session over by writing with the telephone's own application. */
    @Produces
    @Singleton
    public static final TaskType MESSAGE_BY_PHONE = TaskType.silent("MensagemDoTelefone", TaskQueue.TURN);

    /** Sends one outgoing message. */
    @Produces
    @Singleton
    public static final TaskType SEND_MESSAGE = TaskType.silent("EnvioMensagem", TaskQueue.SEND);

    /** Sets a message of unknown outcome to 'Incerta' unless the provider reported its status. */
    @Produces
    @Singleton
    public static final TaskType CONFIRM_SENDING = TaskType.silent("ConfirmaçãoEnvio", TaskQueue.SEND);

    /** Links two identities of a sender to one end user, when the webhook could not. */
    @Produces
    @Singleton
    public static final TaskType LINK_IDENTITIES = TaskType.silent("JunçãoIdentidades", TaskQueue.TURN);

    private MessageTasks() {}

    /** Requests a turn of the session's assistant; turns of one session never overlap. */
    public static NewTask turn(long clientId, long sessionId) {
        return NewTask.of(TURN).client(clientId).session(sessionId).serialKey("turno:" + sessionId);
    }
}
