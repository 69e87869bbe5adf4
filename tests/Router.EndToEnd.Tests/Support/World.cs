using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Providers on loopback sockets, and a router that knows nothing but their addresses and keys.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string OpenAIKey = "sk-openai-secret-4711";
    public const string AnthropicKey = "sk-anthropic-secret-0815";
    public const string Team = "team-secret-1234";

    private World(FakeProviderServer providers, RecordingLog log, Fleet fleet)
    {
        Providers = providers;
        Log = log;
        Fleet = fleet;
    }

    public FakeProviderServer Providers { get; }

    public RecordingLog Log { get; }

    public Fleet Fleet { get; }

    /// <summary>Starts the providers.</summary>
    /// <param name="variables">Environment variables that differ from the usual ones, such as the address of a server with bad manners.</param>
    public static Task<World> StartAsync(params (string Name, string Value)[] variables) => StartAsync(new RouterOptions(), new FakeProviderOptions(), variables);

    /// <inheritdoc cref="StartAsync(ValueTuple{string, string}[])"/>
    /// <param name="options">Options of the router beyond the usual ones.</param>
    /// <param name="listening">How the providers listen.</param>
    /// <param name="variables">Environment variables that differ from the usual ones.</param>
    public static async Task<World> StartAsync(RouterOptions options, FakeProviderOptions listening, params (string Name, string Value)[] variables)
    {
        FakeProviderServer providers = await FakeProviderServer.StartAsync(listening);
        var environment = Environment(providers);
        foreach ((string name, string value) in variables) environment[name] = value;
        var log = new RecordingLog();
        (options.Seed, options.LoggerFactory, options.Variables) = (1, log, environment.GetValueOrDefault);
        return new World(providers, log, new Fleet(options));
    }

    /// <summary>The variables with which a router finds the providers.</summary>
    public static Dictionary<string, string> Environment(FakeProviderServer providers) => Environment(providers.BaseAddress);

    /// <inheritdoc cref="Environment(FakeProviderServer)"/>
    public static Dictionary<string, string> Environment(Uri root) => new()
    {
        ["OPENAI_BASE_URL"] = new Uri(root, "openai/v1").ToString(),
        ["ANTHROPIC_BASE_URL"] = new Uri(root, "anthropic").ToString(),
        ["OPENAI_API_KEY"] = OpenAIKey,
        ["ANTHROPIC_API_KEY"] = AnthropicKey,
        ["TEAM"] = Team,
    };

    /// <summary>The variable with the address of the dialect's provider.</summary>
    public static string AddressOf(Dialect dialect) => dialect is Dialect.OpenAIChat ? "OPENAI_BASE_URL" : "ANTHROPIC_BASE_URL";

    /// <summary>The key of the dialect's provider.</summary>
    public static string KeyOf(Dialect dialect) => dialect is Dialect.OpenAIChat ? OpenAIKey : AnthropicKey;

    /// <summary>The dialect's deployment.</summary>
    public static string NameOf(Dialect dialect) => dialect is Dialect.OpenAIChat ? "openai/gpt-4o-mini" : "anthropic/claude-haiku-4-5";

    /// <summary>The deployment that takes over from the dialect's in <see cref="Pair"/>; it speaks the other dialect.</summary>
    public static string RescuerOf(Dialect dialect) => NameOf(Other(dialect));

    public static Dialect Other(Dialect dialect) => dialect is Dialect.OpenAIChat ? Dialect.AnthropicMessages : Dialect.OpenAIChat;

    /// <summary>What the dialect's deployment does.</summary>
    public DeploymentScript Script(Dialect dialect) => Providers[NameOf(dialect)];

    /// <summary>The group that asks the dialect's deployment first, and then the other's.</summary>
    public ChatGroup Pair(Dialect first) => first is Dialect.OpenAIChat ? Fleet.OpenaiFirst : Fleet.AnthropicFirst;

    /// <summary>The group with the dialect's deployment alone.</summary>
    public ChatGroup Only(Dialect dialect) => dialect is Dialect.OpenAIChat ? Fleet.OpenaiOnly : Fleet.AnthropicOnly;

    /// <summary>The group that makes one attempt.</summary>
    public ChatGroup Once(Dialect dialect) => dialect is Dialect.OpenAIChat ? Fleet.OpenaiOnce : Fleet.AnthropicOnce;

    /// <summary>The group that waits 0.3 s for an answer or a first token, and then asks <c>rescue</c>.</summary>
    public ChatGroup Impatient(Dialect dialect) => dialect is Dialect.OpenAIChat ? Fleet.OpenaiImpatient : Fleet.AnthropicImpatient;

    /// <summary>The group that makes one attempt and bears half a second of silence within a stream.</summary>
    public ChatGroup Restless(Dialect dialect) => dialect is Dialect.OpenAIChat ? Fleet.OpenaiRestless : Fleet.AnthropicRestless;

    public ValueTask DisposeAsync() => Providers.DisposeAsync();
}
