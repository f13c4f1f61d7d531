package dev.comuta.call.talk;

/** The texts of a talk. */
public final class TalkTexts {

    public static final String FILLER = "Um momento…";
    public static final String STILL_THERE = "Ainda está aí?";
    public static final String GOODBYE = "Não ouvi mais nada. Obrigado pela ligação.";
    public static final String BACK = "Voltamos. Pode repetir, por favor?";
    public static final String EXCUSE = "Desculpe, não consegui responder. Pode repetir, por favor?";
    public static final String LIMIT = "O tempo desta conversa terminou. Obrigado.";

    private TalkTexts() {}
}
