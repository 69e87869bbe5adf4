using RouterGen.FakeProviders;

namespace RouterGen.Samples;

/// <summary>
/// The providers of a sample: fakes on a loopback port of its own process, so that it runs without a key and without the internet.
/// A program with keys needs none of this: it makes its groups with <c>new Models()</c>.
/// </summary>
public sealed class SampleProviders : IAsyncDisposable
{
    // The variables that say where a provider is, and its path at the fake server.
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["ANTHROPIC_BASE_URL"] = "anthropic",
        ["COHERE_BASE_URL"] = "cohere/v2",
        ["HOSTED_VLLM_API_BASE"] = "vllm/v1",
        ["MISTRAL_API_BASE"] = "mistral/v1",
        ["OPENAI_BASE_URL"] = "openai/v1",
        ["VOYAGE_API_BASE"] = "voyage/v1",
        ["EAST_ENDPOINT"] = "east/openai/v1",
        ["WEST_ENDPOINT"] = "west/openai/v1",
        ["PTU_ENDPOINT"] = "ptu/openai/v1",
    };

    private readonly FakeProviderServer _server;

    private SampleProviders(FakeProviderServer server) => _server = server;

    /// <summary>Gets options with which a class of groups calls the fakes. The seed makes each run choose alike.</summary>
    public RouterOptions Options => new() { Variables = FindVariable, Seed = 7 };

    /// <summary>Gets the script of a deployment, for example "openai/gpt-6-luna": what it answers, and how it fails.</summary>
    /// <param name="deployment">Provider and model.</param>
    public DeploymentScript this[string deployment] => _server[deployment];

    /// <summary>Starts the fakes.</summary>
    public static async Task<SampleProviders> StartAsync() => new(await FakeProviderServer.StartAsync());

    /// <summary>Returns what the environment of a program with keys would hold.</summary>
    /// <param name="name">The name of a variable for a key or an endpoint.</param>
    public string? FindVariable(string name) => Paths.TryGetValue(name, out string? path)
        ? new Uri(_server.BaseAddress, path).ToString()
        : name.EndsWith("_KEY", StringComparison.Ordinal) ? "sk-of-a-fake-provider" : null;

    /// <summary>Stops the fakes.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
