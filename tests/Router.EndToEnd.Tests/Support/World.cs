using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Providers on loopback sockets, and a router that knows nothing but their addresses and keys.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly string OpenAIKey = KeyOf(Dialect.OpenAIChat);
    public static readonly string AnthropicKey = KeyOf(Dialect.AnthropicMessages);
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
    public static Dictionary<string, string> Environment(Uri root)
    {
        Dictionary<string, string> variables = new() { ["TEAM"] = Team };
        foreach (Place place in Place.All)
        {
            variables[place.AddressVariable] = new Uri(root, place.Path).ToString();
            variables[place.KeyVariable] = place.Key;
        }

        return variables;
    }

    /// <summary>The variable with the address of the dialect's provider.</summary>
    public static string AddressOf(Dialect dialect) => Place.Of(dialect).AddressVariable;

    /// <summary>The key of the dialect's provider.</summary>
    public static string KeyOf(Dialect dialect) => Place.Of(dialect).Key;

    /// <summary>The dialect's deployment.</summary>
    public static string NameOf(Dialect dialect) => Place.Of(dialect).Deployment;

    /// <summary>What the event of an error in a stream means there.</summary>
    public static FailureKind StreamErrorOf(Dialect dialect) => Place.Of(dialect).StreamError;

    /// <summary>The deployment that takes over from the dialect's in <see cref="Pair"/>; it speaks another dialect.</summary>
    public static string RescuerOf(Dialect dialect) => NameOf(Other(dialect));

    public static Dialect Other(Dialect dialect) => dialect is Dialect.OpenAIChat ? Dialect.AnthropicMessages : Dialect.OpenAIChat;

    /// <summary>A whole answer of the dialect, with three tokens in and two out.</summary>
    public static string AnswerOf(Dialect dialect, string text) => Place.Of(dialect).Answer.Replace("TEXT", text);

    /// <summary>What the dialect's deployment does.</summary>
    public DeploymentScript Script(Dialect dialect) => Providers[NameOf(dialect)];

    /// <inheritdoc cref="Place.First"/>
    public ChatGroup Pair(Dialect first) => Place.Of(first).First(Fleet);

    /// <inheritdoc cref="Place.Only"/>
    public ChatGroup Only(Dialect dialect) => Place.Of(dialect).Only(Fleet);

    /// <inheritdoc cref="Place.Once"/>
    public ChatGroup Once(Dialect dialect) => Place.Of(dialect).Once(Fleet);

    /// <inheritdoc cref="Place.Impatient"/>
    public ChatGroup Impatient(Dialect dialect) => Place.Of(dialect).Impatient(Fleet);

    /// <inheritdoc cref="Place.Restless"/>
    public ChatGroup Restless(Dialect dialect) => Place.Of(dialect).Restless(Fleet);

    /// <inheritdoc cref="Place.Hasty"/>
    public ChatGroup Hasty(Dialect dialect) => Place.Of(dialect).Hasty(Fleet);

    public ValueTask DisposeAsync() => Providers.DisposeAsync();
}
