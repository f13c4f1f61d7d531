package dev.comuta.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.platform.openapi.ApiValueSets;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The types of events, each with its stored name. */
@Schema(
        name = "EventType",
        description = "Type of an event.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public enum EventType {
    MESSAGE_RECEIVED("MensagemRecebida", EventData.OfMessage.class),
    MESSAGE_SENT("MensagemEnviada", EventData.OfMessage.class),
    MESSAGE_DELIVERED("MensagemEntregue", EventData.OfMessage.class),
    MESSAGE_READ("MensagemLida", EventData.OfMessage.class),
    MESSAGE_FAILED("MensagemFalhou", EventData.OfFailedMessage.class),
    MESSAGE_CANCELED("MensagemCancelada", EventData.OfMessage.class),
    SESSION_STARTED("SessãoIniciada", EventData.OfStartedSession.class),
    SESSION_CLOSED("SessãoEncerrada", EventData.OfClosedSession.class),
    SESSION_HANDED_OFF("SessãoTransferida", EventData.OfSession.class),
    SESSION_RELEASED("SessãoLiberada", EventData.OfSession.class),
    TURN_LIMIT_REACHED("LimiteDeTurnoAtingido", EventData.OfTurnLimit.class),
    CALL_RECEIVED("ChamadaRecebida", EventData.OfCall.class),
    CALL_CONNECTED("ChamadaConectada", EventData.OfCall.class),
    CALL_ENDED("ChamadaEncerrada", EventData.OfCall.class),
    CALL_MISSED("ChamadaPerdida", EventData.OfCall.class),
    CALL_TRANSFERRED("ChamadaTransferida", EventData.OfCall.class),
    RECORDING_AVAILABLE("GravaçãoDisponível", EventData.OfRecording.class),
    CALL_BACK_OVERDUE("RetornoVencido", EventData.OfCall.class),
    CALL_SUMMARIZED("LigaçãoResumida", EventData.OfCall.class),
    CONSENT_REVOKED("ConsentimentoRevogado", EventData.OfRevokedConsent.class),
    CONSENT_GRANTED("ConsentimentoConcedido", EventData.OfGrantedConsent.class),
    PERSON_ERASED("DadosApagados", EventData.OfErasedPerson.class),
    TASK_STARTED("TarefaIniciada", EventData.OfRequestedTask.class),
    TASK_FINISHED("TarefaConcluída", EventData.OfTask.class),
    TASK_FAILED("TarefaFalhou", EventData.OfFailedTask.class),
    TASK_CANCELED("TarefaCancelada", EventData.OfTask.class),
    QUERY_FINISHED("ConsultaConcluída", EventData.OfTask.class),
    SYSTEM_ALERT("AlertaSistema", EventData.OfAlert.class);

    private final String stored;
    private final Class<? extends EventData> data;

    EventType(String stored, Class<? extends EventData> data) {
        this.stored = stored;
        this.data = data;
    }

    /** The name in Events.EventType. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** What its EventData holds. */
    Class<? extends EventData> data() {
        return data;
    }
}
