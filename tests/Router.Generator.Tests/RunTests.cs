using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RouterGen.Generator.Tests;

/// <summary>What was emitted, loaded and called.</summary>
public class RunTests
{
    private const string Attributes = """
        [ModelGroup("claude-fast", Fallbacks = ["backup"])]
        [ModelGroup("backup")]
        [Deployment("anthropic/claude-haiku-4-5", Group = "claude-fast")]
        [Deployment("openai/gpt-\"4o\"-\u263a", Group = "backup", ApiKeyEnv = "BACKUP_KEY", Endpoint = "https://backup.example.com/v1", InputPrice = 1, OutputPrice = 1)]
        """;

    private const string AnthropicReply = """{"id":"m","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[{"type":"text","text":"Bonjour"}],"stop_reason":"end_turn","usage":{"input_tokens":1000000,"output_tokens":1000000}}""";
    private const string OpenAIReply = """{"id":"c","object":"chat.completion","model":"gpt","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    [Fact]
    public async Task A_static_class_answers_with_the_options_it_was_given()
    {
        var provider = new FakeProvider(_ => (HttpStatusCode.OK, AnthropicReply));
        Type models = Verifier.Verify(ProblemFinder.Class(Attributes)).Load().GetType("Models")!;
        models.GetMethod("Configure")!.Invoke(null, [provider.Options()]);

        var group = (ChatGroup)models.GetProperty("ClaudeFast")!.GetValue(null)!;
        RoutedResponse reply = await group.CompleteAsync("Hello");

        Assert.Equal("Bonjour", reply.Text);
        Assert.Equal("anthropic/claude-haiku-4-5", reply.ModelUsed);
        Assert.Equal(6m, reply.Cost); // The catalog's prices for a million tokens each way.
        SentRequest sent = Assert.Single(provider.Sent);
        Assert.Equal("https://api.anthropic.com/v1/messages", sent.Uri);
        Assert.Equal("value-of-ANTHROPIC_API_KEY", sent.Headers["x-api-key"]);
        Assert.Equal("2023-06-01", sent.Headers["anthropic-version"]);
        Assert.Equal("claude-haiku-4-5", sent.Body.GetProperty("model").GetString());
        Assert.Equal(16384, sent.Body.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task A_group_turns_to_its_fallback()
    {
        var provider = new FakeProvider(uri => uri.Host == "backup.example.com" ? (HttpStatusCode.OK, OpenAIReply) : (HttpStatusCode.Unauthorized, "{}"));
        object models = Make(provider, out Type type);

        RoutedResponse reply = await ((ChatGroup)type.GetProperty("ClaudeFast")!.GetValue(models)!).CompleteAsync("Hello");

        Assert.Equal("Hello", reply.Text);
        SentRequest last = provider.Sent[^1];
        Assert.Equal("https://backup.example.com/v1/chat/completions", last.Uri);
        Assert.Equal("Bearer value-of-BACKUP_KEY", last.Headers["Authorization"]);
        Assert.Equal("gpt-\"4o\"-\u263a", last.Body.GetProperty("model").GetString());
    }

    [Fact]
    public void A_static_class_cannot_be_configured_after_its_first_use()
    {
        var options = new FakeProvider(_ => (HttpStatusCode.OK, OpenAIReply)).Options();
        Type models = Verifier.Verify(ProblemFinder.Class(Attributes)).Load().GetType("Models")!;
        Assert.NotNull(models.GetProperty("Backup")!.GetValue(null));

        var thrown = Assert.Throws<System.Reflection.TargetInvocationException>(() => models.GetMethod("Configure")!.Invoke(null, [options]));

        Assert.IsType<InvalidOperationException>(thrown.InnerException);
    }

    [Fact]
    public void A_static_field_that_uses_a_group_finds_it()
    {
        Type models = Verifier.Verify($$"""
            using RouterGen;
            {{Attributes}}
            public static partial class Models
            {
                public static readonly ChatGroup Favourite = Backup;
            }
            """).Load().GetType("Models")!;

        Assert.Equal("backup", ((ChatGroup)models.GetField("Favourite")!.GetValue(null)!).Name);
    }

    [Fact]
    public async Task An_instance_class_comes_from_a_service_collection()
    {
        var provider = new FakeProvider(_ => (HttpStatusCode.OK, AnthropicReply));
        System.Reflection.Assembly assembly = Verifier.Verify(InstanceClass).Load();
        var services = new ServiceCollection();
        Action<RouterOptions> configure = provider.Configure;
        assembly.GetType("ModelsServiceCollectionExtensions")!.GetMethod("AddModels", [typeof(IServiceCollection), typeof(Action<RouterOptions>)])!.Invoke(null, [services, configure]);
        await using ServiceProvider built = services.BuildServiceProvider();

        var client = built.GetRequiredKeyedService<IChatClient>("claude-fast");

        Assert.Equal("Bonjour", (await client.GetResponseAsync("Hello")).Text);
        Assert.Same(client, assembly.GetType("Models")!.GetProperty("ClaudeFast")!.GetValue(built.GetRequiredService(assembly.GetType("Models")!)));
    }

    private static string InstanceClass => ProblemFinder.Class(Attributes).Replace("static partial", "partial");

    private static object Make(FakeProvider provider, out Type type)
    {
        type = Verifier.Verify(InstanceClass).Load().GetType("Models")!;
        return Activator.CreateInstance(type, provider.Options())!;
    }

    private sealed record SentRequest(string Uri, Dictionary<string, string> Headers, JsonElement Body);

    // Answers by the address, and keeps what was sent.
    private sealed class FakeProvider(Func<Uri, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        public List<SentRequest> Sent { get; } = [];

        public RouterOptions Options()
        {
            var options = new RouterOptions();
            Configure(options);
            return options;
        }

        public void Configure(RouterOptions options)
        {
            options.Transport = new HttpMessageInvoker(this);
            options.Variables = name => name.EndsWith("_KEY", StringComparison.Ordinal) ? "value-of-" + name : null;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Sent.Add(new(
                request.RequestUri!.ToString(),
                request.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                JsonElement.Parse(body)));
            (HttpStatusCode status, string text) = answer(request.RequestUri);
            return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }
    }
}
