package dev.comuta.people;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of ClientUsers.UserRole. */
@Schema(
        name = "UserRole",
        type = SchemaType.STRING,
        enumeration = {UserRole.ADMINISTRATOR, UserRole.BROKER},
        description =
                "Role of an internal user: `Administrador` (manages the company) or `Corretor` (a broker; sees only their own end users and sessions)")
final class UserRole {
    static final String ADMINISTRATOR = "Administrador";
    static final String BROKER = "Corretor";

    /** The values that a request may have. */
    static final String PATTERN = ADMINISTRATOR + "|" + BROKER;

    private UserRole() {}
}
