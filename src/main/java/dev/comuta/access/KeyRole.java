package dev.comuta.access;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The stored roles of keys that belong to no internal user. */
@Schema(
        name = "KeyRole",
        type = SchemaType.STRING,
        enumeration = {"Plataforma", "Administrador", "Leitura", "Webhook"},
        description = "Role of a key that belongs to no internal user.")
final class KeyRole {

    private KeyRole() {}
}
