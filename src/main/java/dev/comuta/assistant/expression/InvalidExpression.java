package dev.comuta.assistant.expression;

/** An expression of a client breaks a rule. The message completes the sentence "the expression …". */
public final class InvalidExpression extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    InvalidExpression(String message) {
        this("", message);
    }

    InvalidExpression(String path, String message) {
        super(message, null, false, false);
        this.path = path;
    }

    /** Path of the wrong part inside the expression, beginning with a dot; empty for the expression as a whole. */
    public String path() {
        return path;
    }
}
