package dev.comuta.sandbox;

import java.time.Duration;

/**
 * Limits that the simulated Meta enforces; 0 for none.
 *
 * @param window whether free content to people who have not written within 24 hours fails (131047). Also without it
 *     fails what is sent to a person whose window was closed by hand.
 * @param perSecond messages of one number in a second (130429)
 * @param pairSeconds seconds between two messages of one number to one person (131056)
 * @param pairBurst messages of a pair that may be sent at once, before the rate applies
 * @param mediaUrlSeconds how long the address of a file is valid
 * @param mediaRedirects whether the address of a file redirects to another one
 */
public record MetaRules(
        boolean window, int perSecond, double pairSeconds, int pairBurst, int mediaUrlSeconds, boolean mediaRedirects) {

    private static final int FIVE_MINUTES = (int) Duration.ofMinutes(5).toSeconds();

    /** No limits, and addresses of files for five minutes. */
    public static final MetaRules LENIENT = new MetaRules(false, 0, 0, 0, FIVE_MINUTES, false);

    /** The rates of WhatsApp, without the window: scripts may deliver messages that the sandbox never sees. */
    public static final MetaRules RATES = new MetaRules(false, 80, 6, 45, FIVE_MINUTES, false);

    /** Everything that WhatsApp enforces. */
    public static final MetaRules STRICT = new MetaRules(true, 80, 6, 45, FIVE_MINUTES, false);
}
