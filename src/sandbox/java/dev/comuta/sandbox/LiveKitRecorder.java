package dev.comuta.sandbox;

/** What becomes of the recordings of a project of the simulated LiveKit. */
public enum LiveKitRecorder {
    WORKS,
    /** A recording that is stopped is not complete before the recorder works again. */
    IS_SLOW,
    /** No file can be stored. */
    FAILS
}
