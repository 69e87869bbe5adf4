using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Providers on loopback sockets, and a router that knows nothing but their addresses and keys.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string OpenAIKey = "sk-openai-secret-4711";
    public const string AnthropicKey = "sk-anthropic-secret-0815";
    public const string GeminiKey = "sk-gemini-secret-1509";
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
        ["GEMINI_BASE_URL"] = new Uri(root, "gemini/v1beta").ToString(),
        ["OPENAI_API_KEY"] = OpenAIKey,
        ["ANTHROPIC_API_KEY"] = AnthropicKey,
        ["GEMINI_API_KEY"] = GeminiKey,
        ["TEAM"] = Team,
    };

    /// <summary>What the tests have of a dialect.</summary>
    /// <param name="Name">The deployment that speaks it.</param>
    /// <param name="Other">The dialect of the deployment that takes over from it in <see cref="Pair"/>.</param>
    /// <param name="Address">The variable with the address of its provider.</param>
    /// <param name="Key">The key of its provider.</param>
    /// <param name="Groups">The groups that ask it: a pair, it alone, once, impatiently, restlessly, hastily.</param>
    private sealed record Row(string Name, Dialect Other, string Address, string Key, Func<Fleet, ChatGroup[]> Groups);

    private static readonly Dictionary<Dialect, Row> Rows = new()
    {
        [Dialect.OpenAIChat] = new(
            "openai/gpt-4o-mini", Dialect.AnthropicMessages, "OPENAI_BASE_URL", OpenAIKey,
            static fleet => [fleet.OpenaiFirst, fleet.OpenaiOnly, fleet.OpenaiOnce, fleet.OpenaiImpatient, fleet.OpenaiRestless, fleet.OpenaiHasty]),
        [Dialect.AnthropicMessages] = new(
            "anthropic/claude-haiku-4-5", Dialect.OpenAIChat, "ANTHROPIC_BASE_URL", AnthropicKey,
            static fleet => [fleet.AnthropicFirst, fleet.AnthropicOnly, fleet.AnthropicOnce, fleet.AnthropicImpatient, fleet.AnthropicRestless, fleet.AnthropicHasty]),
        [Dialect.Gemini] = new(
            "gemini/gemini-3.5-flash", Dialect.OpenAIChat, "GEMINI_BASE_URL", GeminiKey,
            static fleet => [fleet.GeminiFirst, fleet.GeminiOnly, fleet.GeminiOnce, fleet.GeminiImpatient, fleet.GeminiRestless, fleet.GeminiHasty]),
    };

    /// <summary>The variable with the address of the dialect's provider.</summary>
    public static string AddressOf(Dialect dialect) => Rows[dialect].Address;

    /// <summary>The key of the dialect's provider.</summary>
    public static string KeyOf(Dialect dialect) => Rows[dialect].Key;

    /// <summary>The dialect's deployment.</summary>
    public static string NameOf(Dialect dialect) => Rows[dialect].Name;

    /// <summary>The deployment that takes over from the dialect's in <see cref="Pair"/>; it speaks another dialect.</summary>
    public static string RescuerOf(Dialect dialect) => NameOf(Other(dialect));

    public static Dialect Other(Dialect dialect) => Rows[dialect].Other;

    /// <summary>What the dialect's deployment does.</summary>
    public DeploymentScript Script(Dialect dialect) => Providers[NameOf(dialect)];

    /// <summary>The group that asks the dialect's deployment first, and then the other's.</summary>
    public ChatGroup Pair(Dialect first) => PairOf(Fleet, first);

    /// <inheritdoc cref="Pair"/>
    public static ChatGroup PairOf(Fleet fleet, Dialect first) => Rows[first].Groups(fleet)[0];

    /// <summary>The group with the dialect's deployment alone.</summary>
    public ChatGroup Only(Dialect dialect) => Rows[dialect].Groups(Fleet)[1];

    /// <summary>The group that makes one attempt.</summary>
    public ChatGroup Once(Dialect dialect) => Rows[dialect].Groups(Fleet)[2];

    /// <summary>The group that waits 0.3 s for an answer or a first token, and then asks <c>rescue</c>.</summary>
    public ChatGroup Impatient(Dialect dialect) => ImpatientOf(Fleet, dialect);

    /// <inheritdoc cref="Impatient"/>
    public static ChatGroup ImpatientOf(Fleet fleet, Dialect dialect) => Rows[dialect].Groups(fleet)[3];

    /// <summary>The group that makes one attempt and bears half a second of silence within a stream.</summary>
    public ChatGroup Restless(Dialect dialect) => RestlessOf(Fleet, dialect);

    /// <inheritdoc cref="Restless"/>
    public static ChatGroup RestlessOf(Fleet fleet, Dialect dialect) => Rows[dialect].Groups(fleet)[4];

    /// <summary>The group in a hurry as a whole.</summary>
    public ChatGroup Hasty(Dialect dialect) => Rows[dialect].Groups(Fleet)[5];

    public ValueTask DisposeAsync() => Providers.DisposeAsync();
}
