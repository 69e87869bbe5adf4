using System.Globalization;
using System.Net;
using RouterGen;
using RouterGen.Benchmarks.Soak;
using RouterGen.FakeProviders;

// Usage: Soak [--calls N] [--seed N]. Many calls at once against providers in another process, of which everything goes
// wrong; then it looks at what has stayed behind. Exit code 1 where something has.
const int Concurrency = 64;
const int Synchronous = 16; // callers that block a thread of their own
TimeSpan longestRound = TimeSpan.FromMinutes(10);
int calls = 200_000;
int seed = 1;
for (int i = 0; i < args.Length; i += 2)
{
    if (i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
    {
        if (args[i] == "--calls" && number >= 1000)
        {
            calls = number;
            continue;
        }

        if (args[i] == "--seed")
        {
            seed = number;
            continue;
        }
    }

    Console.Error.WriteLine($"Usage: Soak [--calls N] [--seed N], with at least 1,000 calls.");
    return 2;
}

int rounds = calls < 50_000 ? 4 : 20; // Each has a tail, in which the last of the slow ones are waited for.
int unobserved = 0;
TaskScheduler.UnobservedTaskException += (_, e) =>
{
    if (Interlocked.Increment(ref unobserved) == 1) Console.Error.WriteLine($"Unobserved: {e.Exception}");
};
using FakeProviderProcess providers = await FakeProviderProcess.StartAsync();
var handler = new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    AutomaticDecompression = DecompressionMethods.None,
    ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
};
var responses = new ResponseCount(handler);
var variables = new Dictionary<string, string>
{
    ["OPENAI_BASE_URL"] = new Uri(providers.BaseAddress, "openai/v1").ToString(),
    ["ANTHROPIC_BASE_URL"] = new Uri(providers.BaseAddress, "anthropic").ToString(),
    ["OPENAI_API_KEY"] = "sk-of-the-soak",
    ["ANTHROPIC_API_KEY"] = "sk-of-the-soak",
};
var fleet = new Fleet(new RouterOptions { Transport = new HttpMessageInvoker(responses), Seed = (ulong)seed, Variables = variables.GetValueOrDefault });
string[] deployments = [.. new ChatGroup[] { fleet.Storm, fleet.Narrow, fleet.Scarce, fleet.Reserve }.SelectMany(static group => group.Deployments).Select(static deployment => $"{deployment.Provider}/{deployment.Model}")];

Console.WriteLine($"Soak: {calls:N0} calls, {Concurrency} at once ({Synchronous} of them synchronous), seed {seed}");
var mix = new FaultMix(seed);
var tally = new Tally();
Caller[] callers = [.. Enumerable.Range(0, Concurrency).Select(i => new Caller(fleet, tally, seed * 1000 + i, synchronous: i < Synchronous))];
Census? early = null;
long start = TimeProvider.System.GetTimestamp();
int asked = 0;
for (int round = 1; round <= rounds; round++)
{
    int until = (int)((long)calls * round / rounds);
    foreach (string deployment in deployments) await providers.LoadAsync(deployment, mix.Script(until - asked));
    Task[] running = [.. callers.Select((caller, i) => i < Synchronous
        ? Task.Factory.StartNew(() => caller.RunAsync(NextNumber), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()
        : Task.Run(() => caller.RunAsync(NextNumber)))];
    await Task.WhenAll(running).WaitAsync(longestRound); // A call that never ends is an error, not a reason to wait for ever.
    asked = until;
    if (Console.IsOutputRedirected is false) Console.Write($"\r{100 * round / rounds} %, {tally.Total:N0} calls ");
    if (round == rounds / 4) early = await Census.TakeAsync(tally.Total, fleet, providers, responses);

    int? NextNumber() => Interlocked.Increment(ref asked) is var number && number <= until ? number : null;
}

TimeSpan duration = TimeProvider.System.GetElapsedTime(start);
Console.WriteLine();
Census late = await Census.TakeAsync(tally.Total, fleet, providers, responses);
handler.Dispose();
Census after = await Census.TakeAsync(tally.Total, fleet, providers, responses);
var report = new Report(Console.Out);
report.PrintEnds(tally, duration);
report.PrintChecks(tally, calls, Concurrency, early!, late, after.Connections + after.HalfOpen, unobserved);
return report.IsGood ? 0 : 1;
