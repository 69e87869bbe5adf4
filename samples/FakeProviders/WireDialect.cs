using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>An error as a provider puts it.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Body">The provider's error object.</param>
internal sealed record Refusal(int StatusCode, JsonObject Body);

/// <summary>The events of a stream, ready to be sent.</summary>
/// <param name="Opening">What comes before the first delta.</param>
/// <param name="Deltas">One event a delta.</param>
/// <param name="Closing">How it finished, and the usage.</param>
/// <param name="Terminator">What says that nothing was lost.</param>
internal sealed record StreamEvents(byte[][] Opening, byte[][] Deltas, byte[][] Closing, byte[] Terminator)
{
    public byte[][] All => [.. Opening, .. Deltas, .. Closing, Terminator];
}

/// <summary>A wire format: how requests are checked and read, and how answers and errors are written. Stateless but for the ids.</summary>
internal abstract class WireDialect(TimeProvider time)
{
    private long _lastId;

    /// <summary>What the path of a call ends with.</summary>
    public abstract string PathSuffix { get; }

    /// <summary>How streams are put into bytes.</summary>
    public virtual StreamForm Form => SseForm.Instance;

    /// <summary>How the stream that a request asks for is put into bytes.</summary>
    public virtual StreamForm FormOf(JsonElement body) => Form;

    /// <summary>Whether a path, without the provider, is that of a call.</summary>
    public virtual bool Serves(ReadOnlySpan<char> path) => path.EndsWith(PathSuffix, StringComparison.Ordinal);

    /// <summary>Whether a body is for this dialect, where another one has the same path.</summary>
    public virtual bool Takes(JsonElement body) => true;

    /// <summary>Whether a signature of AWS may stand in the place of a key.</summary>
    public virtual bool TakesSignatures => false;

    /// <summary>The model that is asked for; null if none.</summary>
    public virtual string? ModelOf(string path, JsonElement body) => body.FindString("model");

    /// <summary>Whether the answer is to be streamed.</summary>
    public virtual bool IsStreamed(string path, JsonElement body) => body.IsTrue("stream");

    /// <summary>The response header that carries <see cref="NextRequestId"/>.</summary>
    public abstract string RequestIdHeader { get; }

    public string NextRequestId() => $"req_fake{Interlocked.Increment(ref _lastId):d8}";

    /// <summary>What the provider says against the address; null if nothing.</summary>
    public virtual Refusal? CheckAddress(HttpRequest request, JsonElement? body) => null;

    /// <summary>What the provider says against the request; null if nothing.</summary>
    public abstract Refusal? Check(IHeaderDictionary headers, JsonElement? body);

    /// <summary>What of a request the answer depends on. A dialect that has the model in the path leaves it out.</summary>
    public abstract ChatCall Read(JsonElement body);

    /// <summary>Whether a stream is to tell its usage.</summary>
    public abstract bool WantsUsage(JsonElement body);

    public abstract JsonObject Completion(Answer answer);

    public abstract StreamEvents Stream(Answer answer, bool withUsage);

    /// <summary>The error for a status code.</summary>
    public abstract Refusal Error(int statusCode);

    public abstract Refusal Quota();

    public abstract Refusal ContextWindow();

    public abstract Refusal PromptFiltered();

    /// <summary>The event of an error in the middle of a stream.</summary>
    public abstract byte[] StreamError();

    protected string NextId(string prefix) => $"{prefix}fake{Interlocked.Increment(ref _lastId):d8}";

    protected long UnixTime => time.GetUtcNow().ToUnixTimeSeconds();
}
