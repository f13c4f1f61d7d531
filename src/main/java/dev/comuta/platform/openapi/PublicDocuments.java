package dev.comuta.platform.openapi;

import dev.comuta.platform.rest.PublicFile;
import dev.comuta.platform.rest.RouteCatalogue;
import dev.comuta.platform.security.ProcessConfig;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;

/** The first page, the API description and the documents for integrators, which need no key. */
@ApplicationScoped
class PublicDocuments {

    private static final List<PublicFile> FILES = Stream.concat(
                    Stream.of(
                            PublicFile.page("/", "index.html"),
                            new PublicFile("/pages/page.css", "pages/page.css", "text/css; charset=utf-8"),
                            new PublicFile(
                                    "/openapi.yaml",
                                    "META-INF/quarkus-generated-openapi-doc.YAML",
                                    "application/yaml; charset=utf-8")),
                    Stream.of("assistants", "glossary", "limits", "problems").map(PublicDocuments::document))
            .toList();

    private final ProcessConfig roles;
    private final RouteCatalogue routes;

    PublicDocuments(ProcessConfig roles, RouteCatalogue routes) {
        this.roles = roles;
        this.routes = routes;
    }

    void addRoutes(@Observes Router router) {
        if (roles.isWeb()) {
            FILES.forEach(file -> file.addTo(router, routes));
        }
    }

    /** Plain text, which browsers show. */
    private static PublicFile document(String name) {
        String file = "docs/" + name + ".md";
        return new PublicFile("/" + file, file, "text/plain; charset=utf-8");
    }
}
