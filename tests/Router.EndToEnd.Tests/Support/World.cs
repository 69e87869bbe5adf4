using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Providers on loopback sockets, and a router that knows nothing but their addresses and keys.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string OpenAIKey = "sk-openai-secret-4711";
    public const string AnthropicKey = "sk-anthropic-secret-0815";
    public const string CohereKey = "co-cohere-secret-2342";
    public const string OllamaKey = "ol-ollama-secret-5150";
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
        ["COHERE_BASE_URL"] = new Uri(root, "cohere-own/v2").ToString(),
        ["OLLAMA_BASE_URL"] = new Uri(root, "ollama-own").ToString(),
        ["OPENAI_API_KEY"] = OpenAIKey,
        ["ANTHROPIC_API_KEY"] = AnthropicKey,
        ["COHERE_API_KEY"] = CohereKey,
        ["OLLAMA_API_KEY"] = OllamaKey,
        ["TEAM"] = Team,
    };

    /// <summary>The variable with the address of the dialect's provider.</summary>
    public static string AddressOf(Dialect dialect) => Rows[dialect].Address;

    /// <summary>The key of the dialect's provider.</summary>
    public static string KeyOf(Dialect dialect) => Rows[dialect].Key;

    /// <summary>The dialect's deployment.</summary>
    public static string NameOf(Dialect dialect) => Rows[dialect].Name;

    /// <summary>The deployment that takes over from the dialect's in <see cref="Pair"/>; it speaks another dialect.</summary>
    public static string RescuerOf(Dialect dialect) => NameOf(Other(dialect));

    public static Dialect Other(Dialect dialect) => dialect is Dialect.OpenAIChat ? Dialect.AnthropicMessages : Dialect.OpenAIChat;

    /// <summary>What an error within a stream of the dialect's fake provider means.</summary>
    public static FailureKind StreamErrorOf(Dialect dialect) => Rows[dialect].StreamError;

    /// <summary>A whole answer of the dialect, with three tokens in and two out.</summary>
    public static string AnswerOf(Dialect dialect, string text) => Rows[dialect].Answer.Replace("TEXT", text);

    /// <summary>What the dialect's deployment does.</summary>
    public DeploymentScript Script(Dialect dialect) => Providers[NameOf(dialect)];

    /// <summary>The group that asks the dialect's deployment first, and then the other's.</summary>
    public ChatGroup Pair(Dialect first) => Rows[first].Pair(Fleet);

    /// <summary>The group with the dialect's deployment alone.</summary>
    public ChatGroup Only(Dialect dialect) => Rows[dialect].Only(Fleet);

    /// <summary>The group that makes one attempt.</summary>
    public ChatGroup Once(Dialect dialect) => Rows[dialect].Once(Fleet);

    /// <summary>The group that waits 0.3 s for an answer or a first token, and then asks <c>rescue</c>.</summary>
    public ChatGroup Impatient(Dialect dialect) => Impatient(Fleet, dialect);

    /// <summary>The group that makes one attempt and bears half a second of silence within a stream.</summary>
    public ChatGroup Restless(Dialect dialect) => Restless(Fleet, dialect);

    /// <summary>The group that is in a hurry as a whole.</summary>
    public ChatGroup Hasty(Dialect dialect) => Rows[dialect].Hasty(Fleet);

    /// <inheritdoc cref="Pair(Dialect)"/>
    public static ChatGroup Pair(Fleet fleet, Dialect first) => Rows[first].Pair(fleet);

    /// <inheritdoc cref="Impatient(Dialect)"/>
    public static ChatGroup Impatient(Fleet fleet, Dialect dialect) => Rows[dialect].Impatient(fleet);

    /// <inheritdoc cref="Restless(Dialect)"/>
    public static ChatGroup Restless(Fleet fleet, Dialect dialect) => Rows[dialect].Restless(fleet);

    public ValueTask DisposeAsync() => Providers.DisposeAsync();

    /// <summary>What is known of a dialect.</summary>
    private sealed record Row(string Address, string Key, string Name, FailureKind StreamError, string Answer)
    {
        public required Func<Fleet, ChatGroup> Pair { get; init; }

        public required Func<Fleet, ChatGroup> Only { get; init; }

        public required Func<Fleet, ChatGroup> Once { get; init; }

        public required Func<Fleet, ChatGroup> Impatient { get; init; }

        public required Func<Fleet, ChatGroup> Restless { get; init; }

        public required Func<Fleet, ChatGroup> Hasty { get; init; }
    }

    private static readonly Dictionary<Dialect, Row> Rows = new()
    {
        [Dialect.OpenAIChat] = new("OPENAI_BASE_URL", OpenAIKey, "openai/gpt-4o-mini", FailureKind.ServerError, """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""")
        {
            Pair = static fleet => fleet.OpenaiFirst, Only = static fleet => fleet.OpenaiOnly, Once = static fleet => fleet.OpenaiOnce,
            Impatient = static fleet => fleet.OpenaiImpatient, Restless = static fleet => fleet.OpenaiRestless, Hasty = static fleet => fleet.OpenaiHasty,
        },
        [Dialect.AnthropicMessages] = new("ANTHROPIC_BASE_URL", AnthropicKey, "anthropic/claude-haiku-4-5", FailureKind.Overloaded, """{"id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"TEXT"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}""")
        {
            Pair = static fleet => fleet.AnthropicFirst, Only = static fleet => fleet.AnthropicOnly, Once = static fleet => fleet.AnthropicOnce,
            Impatient = static fleet => fleet.AnthropicImpatient, Restless = static fleet => fleet.AnthropicRestless, Hasty = static fleet => fleet.AnthropicHasty,
        },
        [Dialect.CohereChat] = new("COHERE_BASE_URL", CohereKey, "cohere-own/command", FailureKind.ServerError, """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"TEXT"}]},"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":3,"output_tokens":2}}}""")
        {
            Pair = static fleet => fleet.CohereFirst, Only = static fleet => fleet.CohereOnly, Once = static fleet => fleet.CohereOnce,
            Impatient = static fleet => fleet.CohereImpatient, Restless = static fleet => fleet.CohereRestless, Hasty = static fleet => fleet.CohereHasty,
        },
        [Dialect.OllamaChat] = new("OLLAMA_BASE_URL", OllamaKey, "ollama-own/llama", FailureKind.ServerError, """{"model":"m","message":{"role":"assistant","content":"TEXT"},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":2}""")
        {
            Pair = static fleet => fleet.OllamaFirst, Only = static fleet => fleet.OllamaOnly, Once = static fleet => fleet.OllamaOnce,
            Impatient = static fleet => fleet.OllamaImpatient, Restless = static fleet => fleet.OllamaRestless, Hasty = static fleet => fleet.OllamaHasty,
        },
    };
}
