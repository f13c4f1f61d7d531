package dev.comuta.call.plan;

import java.util.List;

/**
 * What one call does, from its begin to its end: a plan in which hours are decided and people have their numbers. It is
 * stored with the call.
 *
 * @param refused whether the call is refused
 * @param opening what the caller hears first
 * @param menu null for none
 * @param steps the steps after the opening, or when the menu selected none
 * @param closing what is said when nobody took the call; null for nothing
 * @param recorded whether conversations are recorded
 * @param caller how the caller is named to those who may take the call; null when the number is withheld
 * @param callerId the number that dialled telephones see; null for the caller's
 * @param maxSeconds the longest conversation
 * @param voice null for the provider's default
 * @param outgoing null for an incoming call
 */
public record CallScript(
        boolean refused,
        List<String> opening,
        Menu menu,
        List<Step> steps,
        String closing,
        boolean recorded,
        String caller,
        String callerId,
        int maxSeconds,
        String voice,
        Outgoing outgoing) {

    /**
     * How a call of the company begins.
     *
     * @param number that is dialled first, E.164
     * @param ringSeconds how long it rings
     * @param onMachine what happens when a machine answers
     * @param message what is said to a voicemail; null for nothing
     */
    public record Outgoing(String number, int ringSeconds, MachineRule onMachine, String message) {}

    /** A choice by digit or words. */
    public record Menu(String text, List<Option> options, int seconds, int attempts) {}

    /** An option of a menu. */
    public record Option(String digit, List<String> words, List<Step> steps) {}

    /**
     * A step.
     *
     * @param callees of a step that dials; those who cannot be dialled are left out
     * @param text of a step that speaks; null for none
     * @param agent the name of the agent that is requested; null for none
     * @param relay whether the assistant speaks over a connection that the caller can interrupt
     */
    public record Step(
            StepKind kind,
            List<Callee> callees,
            String text,
            int seconds,
            boolean inTurn,
            boolean confirm,
            String agent,
            boolean relay) {

        /** A step without an agent. */
        public Step(StepKind kind, List<Callee> callees, String text, int seconds, boolean inTurn, boolean confirm) {
            this(kind, callees, text, seconds, inTurn, confirm, null, false);
        }
    }

    /**
     * Somebody to be dialled.
     *
     * @param userId null when it is no internal user
     * @param number E.164; null for a SIP address
     * @param sipUri null for a number
     */
    public record Callee(Long userId, String number, String sipUri) {}
}
