package dev.comuta.event;

/** The types of events and the word under which each is stored. */
public enum EventType {
    MESSAGE_RECEIVED("MensagemRecebida"),
    MESSAGE_SENT("MensagemEnviada"),
    MESSAGE_DELIVERED("MensagemEntregue"),
    MESSAGE_READ("MensagemLida"),
    MESSAGE_FAILED("MensagemFalhou"),
    SESSION_STARTED("SessãoIniciada"),
    SESSION_CLOSED("SessãoEncerrada"),
    SESSION_HANDED_OFF("SessãoTransferida"),
    SESSION_RELEASED("SessãoLiberada"),
    TURN_LIMIT_REACHED("LimiteDeTurnoAtingido"),
    CONSENT_REVOKED("ConsentimentoRevogado"),
    PERSON_ERASED("DadosApagados"),
    TASK_STARTED("TarefaIniciada"),
    TASK_FINISHED("TarefaConcluída"),
    TASK_FAILED("TarefaFalhou"),
    TASK_CANCELED("TarefaCancelada"),
    QUERY_FINISHED("ConsultaConcluída"),
    SYSTEM_ALERT("AlertaSistema");

    private final String stored;

    EventType(String stored) {
        this.stored = stored;
    }

    /** The word in Events.EventType. */
    public String stored() {
        return stored;
    }
}
