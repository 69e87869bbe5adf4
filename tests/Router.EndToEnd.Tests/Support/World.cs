using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Providers on loopback sockets, and a router that knows nothing but their addresses and keys.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string OpenAIKey = "sk-openai-secret-4711";
    public const string AnthropicKey = "sk-anthropic-secret-0815";
    public const string ResponsesKey = "sk-responses-secret-1138";
    public const string Team = "team-secret-1234";

    private static readonly Dictionary<Dialect, Row> Rows = new()
    {
        [Dialect.OpenAIChat] = new("OPENAI_BASE_URL", OpenAIKey, "openai/gpt-4o-mini", Dialect.AnthropicMessages, (0.15m, 0.6m), FailureKind.ServerError)
        {
            Pair = static fleet => fleet.OpenaiFirst,
            Only = static fleet => fleet.OpenaiOnly,
            Once = static fleet => fleet.OpenaiOnce,
            Impatient = static fleet => fleet.OpenaiImpatient,
            Restless = static fleet => fleet.OpenaiRestless,
            Hasty = static fleet => fleet.OpenaiHasty,
        },
        [Dialect.AnthropicMessages] = new("ANTHROPIC_BASE_URL", AnthropicKey, "anthropic/claude-haiku-4-5", Dialect.OpenAIChat, (1m, 5m), FailureKind.Overloaded)
        {
            Pair = static fleet => fleet.AnthropicFirst,
            Only = static fleet => fleet.AnthropicOnly,
            Once = static fleet => fleet.AnthropicOnce,
            Impatient = static fleet => fleet.AnthropicImpatient,
            Restless = static fleet => fleet.AnthropicRestless,
            Hasty = static fleet => fleet.AnthropicHasty,
        },
        [Dialect.OpenAIResponses] = new("RESPONSES_BASE_URL", ResponsesKey, "responses/gpt-5-mini", Dialect.AnthropicMessages, (0.25m, 2m), FailureKind.ServerError)
        {
            Pair = static fleet => fleet.ResponsesFirst,
            Only = static fleet => fleet.ResponsesOnly,
            Once = static fleet => fleet.ResponsesOnce,
            Impatient = static fleet => fleet.ResponsesImpatient,
            Restless = static fleet => fleet.ResponsesRestless,
            Hasty = static fleet => fleet.ResponsesHasty,
        },
    };

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
    public static async Task<World> StartAsync(params (string Name, string Value)[] variables)
    {
        FakeProviderServer providers = await FakeProviderServer.StartAsync();
        var environment = Environment(providers);
        foreach ((string name, string value) in variables) environment[name] = value;
        var log = new RecordingLog();
        return new World(providers, log, new Fleet(new RouterOptions { Seed = 1, LoggerFactory = log, Variables = environment.GetValueOrDefault }));
    }

    /// <summary>The variables with which a router finds the providers.</summary>
    public static Dictionary<string, string> Environment(FakeProviderServer providers) => Environment(providers.BaseAddress);

    /// <inheritdoc cref="Environment(FakeProviderServer)"/>
    public static Dictionary<string, string> Environment(Uri root) => new()
    {
        ["OPENAI_BASE_URL"] = new Uri(root, "openai/v1").ToString(),
        ["ANTHROPIC_BASE_URL"] = new Uri(root, "anthropic").ToString(),
        ["RESPONSES_BASE_URL"] = new Uri(root, "responses/v1").ToString(),
        ["OPENAI_API_KEY"] = OpenAIKey,
        ["ANTHROPIC_API_KEY"] = AnthropicKey,
        ["RESPONSES_API_KEY"] = ResponsesKey,
        ["TEAM"] = Team,
    };

    /// <summary>The variable with the address of the dialect's provider.</summary>
    public static string AddressOf(Dialect dialect) => Rows[dialect].Address;

    /// <summary>The key of the dialect's provider.</summary>
    public static string KeyOf(Dialect dialect) => Rows[dialect].Key;

    /// <summary>The dialect's deployment.</summary>
    public static string NameOf(Dialect dialect) => Rows[dialect].Name;

    /// <summary>What a million tokens cost there, in and out.</summary>
    public static (decimal Input, decimal Output) PricesOf(Dialect dialect) => Rows[dialect].Prices;

    /// <summary>What the event of an error in a stream means there.</summary>
    public static FailureKind StreamErrorOf(Dialect dialect) => Rows[dialect].StreamError;

    /// <summary>The deployment that takes over from the dialect's in <see cref="Pair"/>; it speaks the other dialect.</summary>
    public static string RescuerOf(Dialect dialect) => NameOf(Other(dialect));

    public static Dialect Other(Dialect dialect) => Rows[dialect].Other;

    /// <summary>What the dialect's deployment does.</summary>
    public DeploymentScript Script(Dialect dialect) => Providers[NameOf(dialect)];

    /// <summary>The group that asks the dialect's deployment first, and then the other's.</summary>
    public ChatGroup Pair(Dialect first) => PairOf(Fleet, first);

    /// <inheritdoc cref="Pair"/>
    public static ChatGroup PairOf(Fleet fleet, Dialect first) => Rows[first].Pair(fleet);

    /// <summary>The group with the dialect's deployment alone.</summary>
    public ChatGroup Only(Dialect dialect) => Rows[dialect].Only(Fleet);

    /// <summary>The group that makes one attempt.</summary>
    public ChatGroup Once(Dialect dialect) => Rows[dialect].Once(Fleet);

    /// <summary>The group that waits 0.3 s for an answer or a first token, and then asks <c>rescue</c>.</summary>
    public ChatGroup Impatient(Dialect dialect) => ImpatientOf(Fleet, dialect);

    /// <inheritdoc cref="Impatient"/>
    public static ChatGroup ImpatientOf(Fleet fleet, Dialect dialect) => Rows[dialect].Impatient(fleet);

    /// <summary>The group that makes one attempt and bears half a second of silence within a stream.</summary>
    public ChatGroup Restless(Dialect dialect) => RestlessOf(Fleet, dialect);

    /// <inheritdoc cref="Restless"/>
    public static ChatGroup RestlessOf(Fleet fleet, Dialect dialect) => Rows[dialect].Restless(fleet);

    /// <summary>The group that has 1.5 s in all.</summary>
    public ChatGroup Hasty(Dialect dialect) => Rows[dialect].Hasty(Fleet);

    public ValueTask DisposeAsync() => Providers.DisposeAsync();

    /// <summary>A dialect, the provider that speaks it, and its groups.</summary>
    private sealed record Row(string Address, string Key, string Name, Dialect Other, (decimal Input, decimal Output) Prices, FailureKind StreamError)
    {
        public required Func<Fleet, ChatGroup> Pair { get; init; }
        public required Func<Fleet, ChatGroup> Only { get; init; }
        public required Func<Fleet, ChatGroup> Once { get; init; }
        public required Func<Fleet, ChatGroup> Impatient { get; init; }
        public required Func<Fleet, ChatGroup> Restless { get; init; }
        public required Func<Fleet, ChatGroup> Hasty { get; init; }
    }
}
