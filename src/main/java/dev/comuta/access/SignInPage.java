package dev.comuta.access;

import dev.comuta.platform.rest.PublicFile;
import dev.comuta.platform.security.ProcessConfig;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The page to which a mailed link leads by default. Its script sends the token by POST. */
@ApplicationScoped
class SignInPage {

    private final ProcessConfig roles;

    SignInPage(ProcessConfig roles) {
        this.roles = roles;
    }

    void addRoutes(@Observes Router router) {
        if (roles.isWeb()) {
            PublicFile.page("/sign-in", "sign-in.html").addTo(router);
            new PublicFile("/pages/sign-in.js", "pages/sign-in.js", "text/javascript; charset=utf-8").addTo(router);
        }
    }
}
