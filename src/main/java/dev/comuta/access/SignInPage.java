package dev.comuta.access;

import dev.comuta.platform.rest.PublicFile;
import dev.comuta.platform.rest.RouteCatalogue;
import dev.comuta.platform.security.ProcessConfig;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The page to which a mailed link leads by default. Its script sends the token by POST. */
@ApplicationScoped
class SignInPage {

    private final ProcessConfig roles;
    private final RouteCatalogue routes;

    SignInPage(ProcessConfig roles, RouteCatalogue routes) {
        this.roles = roles;
        this.routes = routes;
    }

    void addRoutes(@Observes Router router) {
        if (roles.isWeb()) {
            PublicFile.page("/sign-in", "sign-in.html").addTo(router, routes);
            new PublicFile("/pages/sign-in.js", "pages/sign-in.js", "text/javascript; charset=utf-8")
                    .addTo(router, routes);
        }
    }
}
