package dev.comuta.client;

import dev.comuta.platform.http.SsrfGuard;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Hosts in private networks to which URLs of a client may point. */
@Path("/clients/{clientId}/allowed-hosts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Limits")
class AllowedHostsResource {

    private final ClientTerms terms;
    private final SsrfGuard outbound;

    AllowedHostsResource(ClientTerms terms, SsrfGuard outbound) {
        this.terms = terms;
        this.outbound = outbound;
    }

    /** The complete list of host names and IP addresses. */
    @Schema(name = "AllowedHosts", description = "Hosts in private networks to which URLs of a client may point.")
    record Hosts(
            @NotNull
            @Size(max = 100)
            @Schema(
                    description = "Host names or IP addresses in private networks; at most 100",
                    examples = "[\"crm.imobiliaria.example\"]")
            List<@NotBlank @Size(max = 253) String> hosts) {}

    @GET
    @Requires(Permission.CLIENT_READ)
    @Operation(
            operationId = "getAllowedHosts",
            summary = "Get the allowed hosts",
            description =
                    "Returns the hosts in private networks to which URLs of the client may point, for example a CRM in its own network.")
    public Uni<Hosts> get(@PathParam("clientId") long clientId) {
        return terms.of(clientId).map(hosts -> new Hosts(hosts.stream().sorted().toList()));
    }

    @PUT
    @Requires(Permission.PLATFORM_WRITE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setAllowedHosts",
            summary = "Set the allowed hosts",
            description = "Replaces the whole list. URLs that point to other private addresses are rejected.")
    public Uni<Hosts> set(@PathParam("clientId") long clientId, @NotNull @Valid Hosts wanted) {
        List<String> hosts = IntStream.range(0, wanted.hosts().size())
                .mapToObj(i ->
                        outbound.requireHost("hosts[" + i + "]", wanted.hosts().get(i)))
                .distinct()
                .sorted()
                .toList();
        return terms.allow(clientId, hosts).replaceWith(new Hosts(hosts));
    }
}
