package dev.comuta.platform.openapi;

import dev.comuta.platform.security.Access;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.platform.security.Role;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;

/** Writes into the OpenAPI document which scope and roles each operation requires, and which scopes there are. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 3)
public class ApiPermissions implements OASFilter {

    private static final String SCOPE = "Scope";
    private static final String SCOPES = "scopes";
    private static final List<Role> OF_CLIENTS = List.of(Role.ADMINISTRATOR, Role.BROKER, Role.READER, Role.WEBHOOK);

    private final Map<String, Permission> permissions;

    /** @param index the annotated methods of the application, each possibly more than once */
    public ApiPermissions(IndexView index) {
        permissions = index.getAnnotations(Requires.class).stream()
                .collect(Collectors.toMap(ApiPermissions::operationId, ApiPermissions::permission, (one, same) -> one));
    }

    private static String operationId(AnnotationInstance requires) {
        return requires.target()
                .asMethod()
                .annotation(org.eclipse.microprofile.openapi.annotations.Operation.class)
                .value("operationId")
                .asString();
    }

    private static Permission permission(AnnotationInstance requires) {
        return Permission.valueOf(requires.value().asEnum());
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        ApiParts.operations(document)
                .filter(operation ->
                        permissions.getOrDefault(operation.getOperationId(), Permission.OPEN) != Permission.OPEN)
                .forEach(
                        operation -> operation.setDescription(Objects.requireNonNullElse(operation.getDescription(), "")
                                + "\n\n" + text(permissions.get(operation.getOperationId()))));
        document.getComponents().addSchema(SCOPE, scope());
        document.getComponents().getSchemas().values().stream()
                .filter(schema ->
                        schema.getProperties() != null && schema.getProperties().containsKey(SCOPES))
                .forEach(schema -> schema.getProperties().get(SCOPES).setItems(ApiParts.reference(SCOPE)));
    }

    private static String text(Permission permission) {
        String roles = OF_CLIENTS.stream()
                .filter(role -> permission.of(role) != Access.NONE)
                .map(role -> role.stored() + (permission.of(role) == Access.OWN ? " (own rows)" : ""))
                .collect(Collectors.joining(", "));
        return "Scope: `" + permission.scope() + "`. "
                + (roles.isEmpty() ? "Platform keys only." : "Roles: Plataforma, " + roles + ".");
    }

    private static Schema scope() {
        List<Object> scopes = Arrays.stream(Permission.values())
                .filter(permission -> permission != Permission.OPEN)
                .<Object>map(Permission::scope)
                .toList();
        Schema scope = OASFactory.createSchema()
                .type(List.of(SchemaType.STRING))
                .description("Permission of a key. Each operation names the scope that it requires.");
        return ApiValueSets.open(scope, scopes);
    }
}
