using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using RouterGen;
using RouterGen.Benchmarks.Overhead;
using RouterGen.FakeProviders;

// Usage: Overhead [--dialects | --embeddings | --batch | --telemetry] [--rounds N]. What a call costs with RouterGen, with nothing above HTTP, and with OpenAI's SDK; or
// in each wire format; or what reading many vectors costs; or what a batch of many texts costs beside codec and socket; or what telemetry costs.
const int Deltas = 1000;
const string Answer = "The three primary colours are red, yellow and blue. They are called so because, in a painter's box, they cannot be mixed from any other paints, while nearly all other colours can be mixed from them.";
const string Model = "openai/" + Contenders.Model;
int rounds = 40;
bool dialects = args is ["--dialects", ..], embeddings = args is ["--embeddings", ..], batch = args is ["--batch", ..], telemetry = args is ["--telemetry", ..];
if (args is [CollectorProcess.Argument])
{
    await CollectorProcess.RunAsync();
    return 0;
}

if (dialects || embeddings || batch || telemetry) args = args[1..];
if (args is ["--rounds", string stated] && int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0)
{
    rounds = count;
}
else if (args.Length > 0)
{
    Console.Error.WriteLine("Usage: Overhead [--dialects | --embeddings | --batch | --telemetry] [--rounds N]");
    return 2;
}

if (embeddings)
{
    await EmbeddingTable.PrintAsync(Console.Out, rounds);
    return 0;
}

using FakeProviderProcess server = await FakeProviderProcess.StartAsync();
var endpoint = new Uri(server.BaseAddress, "openai/v1"); // what stands for https://api.openai.com/v1
using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None };
using var transport = new HttpMessageInvoker(handler, disposeHandler: false);
using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

if (dialects)
{
    await new DialectTable(server, handler, transport).PrintAsync(Console.Out, rounds, new Reply { Text = Answer, Prebuilt = true }, new Reply { Deltas = Deltas, Batch = true, Prebuilt = true });
    return 0;
}

if (batch)
{
    await new BatchTable(server, handler).PrintAsync(Console.Out, rounds);
    return 0;
}

if (telemetry)
{
    await server.LoadAsync(Model, new ScriptDocument(new Reply { Text = Answer, Prebuilt = true }));
    await new TelemetryTable(transport, endpoint).PrintAsync(Console.Out, rounds);
    return 0;
}

var router = new Router(new Models(Router.OptionsFor(transport, endpoint)).Chat);
var sdk = new OpenAISdk(client, endpoint);
(CapturedRequest call, CapturedRequest stream) = await CaptureAsync();
IContender[] contenders = [new BareInvoker(transport, call, stream), router, sdk];
IContender[] callers = [.. contenders, new BareInvoker(transport, call, stream, MeasuredDialect.All[0].Codec)];
string[] names = [.. callers.Select(contender => contender.Name)];

await server.LoadAsync(Model, new ScriptDocument(new Reply { Text = Answer, Prebuilt = true }));
await VerifyCallsAsync();
Cost[][] calls = await Measurement.RunAsync([.. callers.Select(contender => (Func<Task<int>>)contender.CallAsync)], rounds, blockSize: 250);
var ofCalls = new Comparison($"One call ({call.BodyLength} bytes out, {await contenders[0].CallAsync()} back), 250 a block", names, calls);
ofCalls.Print(Console.Out);

// Twice: in one piece, so that reading costs nearly nothing and parsing is nearly all; and each delta in a packet of its own, as
// providers send it, though as fast as the server can.
var reply = new Reply { Deltas = Deltas, Prebuilt = true };
Comparison ofPacked = await CompareStreamsAsync("all sent at once", reply with { Batch = true }, rounds * 3 / 4);
Comparison ofFlushed = await CompareStreamsAsync("each sent by itself", reply, rounds * 3 / 4);

Console.WriteLine();
Console.WriteLine(new JsonObject
{
    ["call"] = ofCalls.ToJson(),
    ["stream"] = ofPacked.ToJson(),
    ["stream_flushed"] = ofFlushed.ToJson(),
}.ToJsonString());
return 0;

async Task<(CapturedRequest Call, CapturedRequest Stream)> CaptureAsync()
{
    var capture = new CapturingHandler(handler); // not disposed: it would take the handler with it
    var observed = new Router(new Models(Router.OptionsFor(new HttpMessageInvoker(capture, disposeHandler: false), endpoint)).Chat);
    await observed.CallAsync();
    CapturedRequest ofCall = capture.Last!;
    await observed.StreamAsync();
    return (ofCall, capture.Last!);
}

async Task<Comparison> CompareStreamsAsync(string how, Reply reply, int rounds)
{
    await server.LoadAsync(Model, new ScriptDocument(reply));
    await VerifyStreamsAsync();
    Func<Task<int>>[] streams = [.. contenders.Select(contender => (Func<Task<int>>)contender.StreamAsync)];
    Cost[][] costs = await Measurement.RunAsync(streams, Math.Max(1, rounds), blockSize: 10);
    var comparison = new Comparison($"A stream of {Deltas} deltas ({await contenders[0].StreamAsync()} bytes), {how}, 10 a block", names[..contenders.Length], costs);
    comparison.Print(Console.Out);
    return comparison;
}

// Whoever is fast must be right first.
async Task VerifyCallsAsync()
{
    RoutedResponse mine = await router.AskAsync();
    ChatCompletion theirs = await sdk.AskAsync();
    Require(mine.Text == Answer && theirs.Content[0].Text == Answer, "The answer is not what the server was told to say.");
    Require(mine.Usage?.TotalTokenCount == theirs.Usage.TotalTokenCount && mine.Cost > 0, "The usage differs.");
}

async Task VerifyStreamsAsync()
{
    string expected = string.Concat(Enumerable.Range(1, Deltas).Select(n => $"word{n} "));
    var text = new StringBuilder();
    int updates = 0;
    ChatResponseUpdate? last = null;
    await foreach (ChatResponseUpdate update in router.PlayAsync())
    {
        if (update.Text.Length > 0) updates++;
        text.Append(update.Text);
        last = update;
    }

    Require(updates == Deltas && text.ToString() == expected && last is RoutedResponseUpdate { Cost: > 0 }, "RouterGen's stream is not what the server was told to say.");

    text.Clear();
    await foreach (StreamingChatCompletionUpdate update in sdk.PlayAsync())
    {
        foreach (ChatMessageContentPart part in update.ContentUpdate) text.Append(part.Text);
    }

    Require(text.ToString() == expected, "The SDK's stream is not what the server was told to say.");
}

static void Require(bool condition, string otherwise)
{
    if (!condition) throw new InvalidOperationException(otherwise);
}
