namespace RouterGen.Benchmarks.Gateway;

/// <summary>Who takes part, and how each is started.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Option">The option of its program.</param>
/// <param name="Key">The key that its clients have.</param>
/// <param name="Start">Its arguments and variables, for the upstream's address and a file with groups.</param>
internal sealed record Field(string Name, string Option, string Key, Func<Uri, string, (string[] Arguments, Dictionary<string, string> Environment)> Start)
{
    public const string Minimal = "minimal app", RouterGen = "RouterGen", Yarp = "YARP", Portkey = "Portkey";

    public static readonly Field[] All =
    [
        new(Minimal, "minimal", "sk-client", static (upstream, _) => ([Text(upstream)], Listening)),
        new(RouterGen, "gateway", "sk-client", static (upstream, models) => (["--config", models, "--port", "PORT"], Upstreams(upstream))),
        new(Yarp, "yarp", "sk-client", static (upstream, _) => ([Text(upstream)], Listening)),
        new(Portkey, "portkey", "sk-client", static (_, _) => (["--port=PORT"], [])),
    ];

    private static Dictionary<string, string> Listening => new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:PORT" };

    public static Field Of(string name) => All.Single(field => field.Name == name);

    /// <summary>Returns its program; null where none was stated.</summary>
    public string? ProgramOf(Settings settings) => settings.Programs.GetValueOrDefault(Option);

    /// <summary>Tells whether it takes part in a work: Portkey is told by headers where to go, and those of one dialect are enough for it. Its version 1.15.2 fails with streams under Node.js 20 (500).</summary>
    public bool Serves(Work work) => Name != Portkey || work is { Group: "chat", Path: "/v1/chat/completions", IsStreaming: false };

    /// <summary>Starts it.</summary>
    public Task<Contender> StartAsync(string program, Uri upstream, string models)
    {
        (string[] arguments, Dictionary<string, string> environment) = Start(upstream, models);
        string headers = Name == Portkey ? $"x-portkey-provider: openai\r\nx-portkey-custom-host: {Text(upstream)}/v1\r\n" : "";
        return Contender.StartAsync(Name, Key, headers, program, arguments, environment);
    }

    private static string Text(Uri upstream) => upstream.ToString().TrimEnd('/');

    private static Dictionary<string, string> Upstreams(Uri upstream) => new()
    {
        ["OPENAI_API_KEY"] = "sk-upstream",
        ["ANTHROPIC_API_KEY"] = "sk-upstream",
        ["OPENAI_BASE_URL"] = Text(upstream) + "/v1",
        ["ANTHROPIC_BASE_URL"] = Text(upstream),
    };
}
