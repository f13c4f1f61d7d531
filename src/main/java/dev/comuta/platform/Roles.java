package dev.comuta.platform;

/** Who may call: names for {@code @RolesAllowed}. */
public final class Roles {

    /** The platform's administrator: everything. */
    public static final String PLATFORM = "platform";

    /** One client company: what lies under its own {@code /clients/{clientId}}. */
    public static final String CLIENT = "client";

    private Roles() {}
}
