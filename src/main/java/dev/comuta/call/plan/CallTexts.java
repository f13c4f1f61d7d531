package dev.comuta.call.plan;

/** What callers and brokers hear when a plan has no text of its own. */
final class CallTexts {

    static final String GREETING = "Olá! Aguarde um momento, por favor.";
    static final String RECORDED = "Esta ligação será gravada.";
    static final String CLOSED = "Nosso atendimento está fechado no momento.";
    static final String VOICEMAIL = "No momento ninguém pode atender. Deixe o seu recado após o sinal.";
    static final String THANKS = "Obrigado. Retornaremos a sua ligação.";
    static final String NOBODY = "No momento ninguém pode atender. Retornaremos a sua ligação.";
    static final String UNKNOWN_NUMBER = "Este número não está em uso no momento. Por favor, verifique o número.";
    static final String TAKEN = "Esta ligação já foi atendida. Obrigado.";
    static final String GONE = "A pessoa desligou. Obrigado.";

    static final String DISCLOSURE = "Você fala com um assistente virtual.";
    static final String HELP = "Como posso ajudar?";
    static final String BACK = "Voltamos. Pode repetir, por favor?";

    private static final String UNKNOWN_CALLER = "um número não identificado";

    private CallTexts() {}

    /** @param caller name or number of the caller; null when it is withheld */
    static String confirm(String caller) {
        return "Ligação de " + (caller == null ? UNKNOWN_CALLER : caller) + ". Tecle 1 para atender.";
    }
}
