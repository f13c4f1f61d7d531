package dev.comuta.provider.livekit.api;

/** The methods of LiveKit's API that are used, each with the permissions that it needs. */
enum LiveKitMethod {
    CREATE_ROOM("RoomService", "CreateRoom", Need.ROOM_CREATE, true),
    DELETE_ROOM("RoomService", "DeleteRoom", Need.ROOM_CREATE, true),
    LIST_ROOMS("RoomService", "ListRooms", Need.ROOM_LIST, true),
    LIST_PARTICIPANTS("RoomService", "ListParticipants", Need.ROOM_ADMIN, true),
    REMOVE_PARTICIPANT("RoomService", "RemoveParticipant", Need.ROOM_ADMIN, true),
    MUTE_TRACK("RoomService", "MutePublishedTrack", Need.ROOM_ADMIN, true),
    DIAL("SIP", "CreateSIPParticipant", Need.SIP_CALL, false),
    TRANSFER("SIP", "TransferSIPParticipant", Need.SIP_TRANSFER, false),
    LIST_TRUNKS("SIP", "ListSIPOutboundTrunk", Need.SIP_ADMIN, true),
    LIST_RULES("SIP", "ListSIPDispatchRule", Need.SIP_ADMIN, true),
    CREATE_RULE("SIP", "CreateSIPDispatchRule", Need.SIP_ADMIN, false),
    DELETE_RULE("SIP", "DeleteSIPDispatchRule", Need.SIP_ADMIN, true),
    START_RECORDING("Egress", "StartRoomCompositeEgress", Need.ROOM_RECORD, false),
    STOP_RECORDING("Egress", "StopEgress", Need.ROOM_RECORD, true),
    LIST_RECORDINGS("Egress", "ListEgress", Need.ROOM_RECORD, true),
    DISPATCH_AGENT("AgentDispatchService", "CreateDispatch", Need.ROOM_ADMIN, false),
    CANCEL_DISPATCH("AgentDispatchService", "DeleteDispatch", Need.ROOM_ADMIN, true),
    LIST_DISPATCHES("AgentDispatchService", "ListDispatch", Need.ROOM_ADMIN, true);

    private final String service;
    private final String method;
    private final Need need;
    private final boolean repeatable;

    /** The permissions of a method. */
    private enum Need {
        ROOM_CREATE,
        ROOM_LIST,
        ROOM_ADMIN,
        ROOM_RECORD,
        SIP_ADMIN,
        SIP_CALL,
        SIP_TRANSFER
    }

    LiveKitMethod(String service, String method, Need need, boolean repeatable) {
        this.service = service;
        this.method = method;
        this.need = need;
        this.repeatable = repeatable;
    }

    /** Its path at the server. */
    String path() {
        return "/twirp/livekit." + service + "/" + method;
    }

    /** @param room the room of the request; null when it has none */
    LiveKitGrant grant(String room) {
        return switch (need) {
            case ROOM_CREATE -> LiveKitGrant.roomCreate();
            case ROOM_LIST -> LiveKitGrant.roomList();
            case ROOM_ADMIN -> LiveKitGrant.roomAdmin(room);
            case ROOM_RECORD -> LiveKitGrant.roomRecord();
            case SIP_ADMIN -> LiveKitGrant.sipAdmin();
            case SIP_CALL -> LiveKitGrant.sipCall();
            case SIP_TRANSFER -> LiveKitGrant.sipTransfer(room);
        };
    }

    /** Whether a second request has no second effect. */
    boolean isRepeatable() {
        return repeatable;
    }
}
