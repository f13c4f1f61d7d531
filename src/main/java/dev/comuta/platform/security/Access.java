package dev.comuta.platform.security;

/** The scope of a permission. */
public enum Access {
    /** Not at all. */
    NONE("no"),
    /** The caller's own rows; other rows look as if they did not exist. */
    OWN("own rows"),
    /** Every row of the tenant; for the platform, of every tenant. */
    ALL("yes");

    private final String word;

    Access(String word) {
        this.word = word;
    }

    /** The text in the table of docs/security.md. */
    public String word() {
        return word;
    }
}
