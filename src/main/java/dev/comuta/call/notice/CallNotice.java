package dev.comuta.call.notice;

import java.util.Arrays;

/** What a mail about a call says, with its value in the request of the task. */
public enum CallNotice {
    /** Nobody called back in time. */
    CALL_BACK_OVERDUE("retorno", "Retorno vencido", "Uma ligação perdida não foi retornada no prazo."),
    /** The caller left a message. */
    VOICEMAIL("recado", "Recado na caixa postal", "Uma pessoa ligou e deixou um recado.");

    private final String stored;
    private final String subject;
    private final String sentence;

    CallNotice(String stored, String subject, String sentence) {
        this.stored = stored;
        this.subject = subject;
        this.sentence = sentence;
    }

    String stored() {
        return stored;
    }

    String subject() {
        return subject;
    }

    String sentence() {
        return sentence;
    }

    /** {@return the notice with this stored value, or null when there is none} */
    static CallNotice of(String stored) {
        return Arrays.stream(values())
                .filter(notice -> notice.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
