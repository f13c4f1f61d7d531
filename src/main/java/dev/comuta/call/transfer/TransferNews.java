package dev.comuta.call.transfer;

/** What happens to a transfer. It may be reported repeatedly and in any order. */
enum TransferNews {
    /** The telephone of the new person rings. */
    RINGS,
    /** It was answered, perhaps by a voicemail, which hears the summary. */
    ANSWERED,
    /** The new person pressed 1. */
    ACCEPTED,
    /** The new person declined after the summary. */
    DECLINED,
    /** Nobody answered, or the telephone was busy. */
    UNANSWERED,
    /** The end user and the new person are connected. */
    BRIDGED,
    /** The conversation of the two has ended. */
    LEFT,
    /** The call has ended. */
    CALL_ENDED,
    /** A person canceled the transfer. */
    WITHDRAWN,
    /** The provider did not carry it out. */
    REFUSED,
    /** Nobody accepted in time. */
    OVERDUE
}
