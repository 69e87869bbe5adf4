using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>The fleet against fake providers, with files of sound on disk.</summary>
public abstract class AudioWorld : IAsyncLifetime
{
    protected const string Whisper = "openai/whisper-1", Gpt = "openai/gpt-4o-transcribe", Azure = "azure/my-whisper", Groq = "groq/whisper-large-v3";
    protected const string Tts = "openai/tts-1", AzureTts = "azure/my-tts", Orpheus = "groq/canopylabs/orpheus-v1-english", MiniTts = "openai/gpt-4o-mini-tts";

    private readonly string _folder = Directory.CreateTempSubdirectory("routergen-audio").FullName;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeProviderServer Server { get; private set; } = null!;

    protected AudioFleet Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        Fleet = FleetWith([]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The fleet, with some variables of other values.</summary>
    protected AudioFleet FleetWith(Dictionary<string, string> others)
    {
        string root = Server.BaseAddress.ToString().TrimEnd('/');
        Dictionary<string, string> variables = new()
        {
            ["OPENAI_API_KEY"] = "sk-openai", ["OPENAI_BASE_URL"] = root + "/openai/v1",
            ["AZURE_OPENAI_API_KEY"] = "azure-key", ["AZURE_OPENAI_ENDPOINT"] = root + "/azure",
            ["GROQ_API_KEY"] = "gsk_fake", ["GROQ_BASE_URL"] = root + "/groq/openai/v1",
        };
        return new AudioFleet(new RouterOptions { Variables = name => others.GetValueOrDefault(name) ?? variables.GetValueOrDefault(name), Seed = 1 });
    }

    /// <summary>A file of sound; the fake providers take 16,000 bytes for a second.</summary>
    protected MediaFile File(int bytes = 32_000, string name = "speech.mp3") => MediaFile.FromPath(PathOf(bytes, name));

    protected string PathOf(int bytes = 32_000, string name = "speech.mp3")
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }
}
