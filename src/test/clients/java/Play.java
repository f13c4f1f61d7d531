import comuta.generated.ApiClient;
import comuta.generated.ApiException;
import comuta.generated.api.ApiKeysApi;
import comuta.generated.api.AssistantsApi;
import comuta.generated.api.ChannelsApi;
import comuta.generated.api.ClientAssistantsApi;
import comuta.generated.api.ClientsApi;
import comuta.generated.api.SessionsApi;
import comuta.generated.api.ToolsApi;
import comuta.generated.api.UsersApi;
import comuta.generated.model.AssistantFields;
import comuta.generated.model.ChannelFields;
import comuta.generated.model.ChannelStatus;
import comuta.generated.model.ClientAssistantFields;
import comuta.generated.model.ClientFields;
import comuta.generated.model.EngineConfiguration;
import comuta.generated.model.Event;
import comuta.generated.model.Content;
import comuta.generated.model.Intent;
import comuta.generated.model.IntentConfiguration;
import comuta.generated.model.MessageEvent;
import comuta.generated.model.TextContent;
import comuta.generated.model.NewChannel;
import comuta.generated.model.NewKeyFields;
import comuta.generated.model.OtherEvent;
import comuta.generated.model.ToolConfiguration;
import comuta.generated.model.ToolFields;
import comuta.generated.model.UserFields;
import comuta.generated.model.UserRole;
import java.nio.charset.StandardCharsets;

/**
 * Scenario 1 and a conversation, by the Java client that openapi-generator makes.
 *
 * <pre>
 * Play register SERVER KEY NUMBER GATEWAY   prints: clientId clientKey webhookSecret
 * Play read SERVER KEY CLIENT               prints: a line per message of the client's first session, then one per event
 * </pre>
 */
public class Play {

    private final ApiClient api;

    private Play(String server, String key) {
        api = new ApiClient();
        api.updateBaseUri(server);
        api.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
    }

    public static void main(String[] arguments) throws ApiException {
        System.setOut(new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8));
        Play play = new Play(arguments[1], arguments[2]);
        if (arguments[0].equals("register")) {
            play.register(arguments[3], arguments[4]);
        } else {
            play.read(Long.parseLong(arguments[3]));
        }
    }

    private void register(String number, String gateway) throws ApiException {
        long clientId = new ClientsApi(api)
                .createClient(
                        new ClientFields()
                                .clientName("Imobiliária XPTO")
                                .additionalInfo("Especialista em imóveis de luxo"),
                        null)
                .getClientId();
        String clientKey = new ApiKeysApi(api)
                .createApiKey(clientId, new NewKeyFields().name("java").role(NewKeyFields.RoleEnum.ADMINISTRADOR), null)
                .getKey();
        long userId = new UsersApi(api)
                .createUser(
                        clientId,
                        new UserFields()
                                .userName("João Correia")
                                .userRole(UserRole.CORRETOR)
                                .email("joao@imobiliariaxpto.com")
                                .phoneNumber("+5511988888888"),
                        null)
                .getUserId();
        long assistantId = assistant(clientId);
        NewChannel channel = new ChannelsApi(api)
                .createChannel(
                        clientId,
                        new ChannelFields()
                                .channelType("WhatsApp")
                                .channelIdentifier(number)
                                .status(ChannelStatus.ATIVO)
                                .provider("Gateway")
                                .outboundUrl(gateway)
                                .assistantId(assistantId)
                                .defaultUserId(userId),
                        null);
        System.out.println(clientId + " " + clientKey + " " + channel.getWebhookSecret());
    }

    private long assistant(long clientId) throws ApiException {
        long assistantId = new AssistantsApi(api)
                .createAssistant(
                        new AssistantFields().assistantName("Atendente").implementationReference("builtin:atendente"),
                        null)
                .getAssistantId();
        IntentConfiguration intents = new IntentConfiguration()
                .fallback("Não entendi.")
                .addIntentsItem(new Intent()
                        .name("saudacao")
                        .addPatternsItem("^oi")
                        .answer("Olá! Em que posso ajudar?"));
        new ClientAssistantsApi(api)
                .associateAssistant(
                        clientId,
                        new ClientAssistantFields()
                                .assistantId(assistantId)
                                ._configuration(new EngineConfiguration(intents)),
                        null);
        new ToolsApi(api)
                .createTool(
                        clientId,
                        assistantId,
                        new ToolFields()
                                .toolName("buscar_imoveis")
                                .taskType("ConsultaCRM")
                                ._configuration(new ToolConfiguration()
                                        .method(ToolConfiguration.MethodEnum.GET)
                                        .url("https://crm.example.com/imoveis?bairro={bairro}")),
                        null);
        return assistantId;
    }

    private void read(long clientId) throws ApiException {
        SessionsApi sessions = new SessionsApi(api);
        long sessionId = sessions.listSessions(
                        clientId, null, null, null, null, null, null, null, null, null, null, null)
                .getItems()
                .getFirst()
                .getSessionId();
        sessions.listMessages(clientId, sessionId, null, null, null, null, null).getItems().forEach(message ->
                System.out.println(message.getSenderType() + ": " + text(message.getContent())));
        sessions.listSessionEvents(clientId, sessionId, null, null).getItems().forEach(Play::print);
    }

    private static void print(Event event) {
        switch (event.getActualInstance()) {
            case MessageEvent message when message.getEventType() == MessageEvent.EventTypeEnum.MENSAGEM_RECEBIDA ->
                System.out.println(message.getEventType() + " " + message.getEventData().getMessageID());
            case OtherEvent other -> System.out.println(other.getEventType());
            default -> {}
        }
    }

    private static String text(Content content) {
        return content.getActualInstance() instanceof TextContent text
                ? text.getText()
                : content.getActualInstance().toString();
    }
}
