package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** Writes the tags of operations into the OpenAPI document, in the order of an integrator's tasks and grouped by them. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 7)
public class ApiTags implements OASFilter {

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "Set up a company",
                    tag("Clients", "Client companies: the tenants to which everything else belongs."),
                    tag("Users", "Internal users of a client: brokers and administrators."),
                    tag("API keys", "Keys with which a client company calls this API."),
                    tag("Sign-in", "How internal users get a key of their own, by a link in a mail."),
                    tag("Channels", "Numbers under which a client is reached, and their providers."),
                    tag("Templates", "Messages that a provider approved, which may be sent at any time.")),
            new Group(
                    "Set up assistants",
                    tag("Assistants", "The platform's catalogue of assistants."),
                    tag("Client assistants", "Which assistants a client uses, and with which configuration."),
                    tag("Tools", "Systems of the client, such as a CRM, that an assistant can query.")),
            new Group(
                    "Talk to end users",
                    tag("Sessions", "Conversations and calls with their messages, events and tasks."),
                    tag("Calls", "Telephone calls of end users and of the company, and their recordings."),
                    tag("End users", "People with whom a client talks: buyers, investors."),
                    tag("Consents", "Whether an end user may be contacted. Entries are added and never changed.")),
            new Group(
                    "Follow what happens",
                    tag("Events", "Everything that happened, as a list and as a live stream."),
                    tag("Tasks", "Background work and its results."),
                    tag("Alerts", "Problems that need attention."),
                    tag("Parked items", "What providers delivered and no channel could take: nothing of it is lost."),
                    tag(
                            "Audit",
                            "Audited actions with caller, time and address. Entries are added and never changed.")),
            new Group(
                    "Limits and privacy",
                    tag("Limits", "How much a client may use, and to which hosts its URLs may lead."),
                    tag("Retention", "How long messages, media and events of a client are kept.")),
            new Group(
                    "Run the platform",
                    tag("Platform keys", "Keys with which the platform's administrators call this API."),
                    tag("Secret keys", "Master keys that encrypt stored secrets, and their rotation.")),
            new Group(
                    "Connect providers",
                    tag(
                            "Webhooks",
                            "Deliveries of providers to Comuta and of Comuta to you. A signature proves each.")));

    private record Group(String name, List<Tag> tags) {

        Group(String name, Tag... tags) {
            this(name, List.of(tags));
        }

        Map<String, Object> toExtension() {
            return new TreeMap<>(
                    Map.of("name", name, "tags", tags.stream().map(Tag::getName).toList()));
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setTags(new ArrayList<>(
                GROUPS.stream().flatMap(group -> group.tags().stream()).toList()));
        document.addExtension(
                "x-tagGroups", GROUPS.stream().map(Group::toExtension).toList());
    }

    private static Tag tag(String name, String description) {
        return OASFactory.createTag().name(name).description(description);
    }
}
