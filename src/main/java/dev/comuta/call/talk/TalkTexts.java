package dev.comuta.call.talk;

/** What callers hear that no assistant wrote. */
public final class TalkTexts {

    /** While an answer takes long. */
    public static final String FILLER = "Um momento, por favor.";

    /** After a silence. */
    public static final String STILL_THERE = "Ainda está aí?";

    /** After the second one. */
    public static final String GOODBYE = "Não estou ouvindo você. Pode ligar de novo quando quiser. Até logo!";

    /** After a lost connection. */
    public static final String BACK = "Voltamos. Pode repetir, por favor?";

    /** When no answer comes. */
    public static final String EXCUSE = "Desculpe, tivemos um problema. Vou passar a ligação adiante.";

    /** When the talk is too long. */
    public static final String LIMIT = "Precisamos encerrar esta conversa por aqui. Vou passar a ligação adiante.";

    private TalkTexts() {}
}
