// How many exchanges a second the store of a fleet does: instances that each exchange as fast as they are answered, with limits and amounts that all of them share.
//   dotnet run -c Release --project benchmarks/Fleets -- --redis 127.0.0.1:6379 [--instances 64] [--scopes 20] [--seconds 5] [--rounds 7]
// The server does most of the work: run nothing else beside the two. Without --redis the store is one in memory, which shows what this program itself takes.
using System.Diagnostics;
using System.Globalization;
using RouterGen;

int instances = Number("--instances", 64);
int scopes = Number("--scopes", 20);
int seconds = Number("--seconds", 5);
int rounds = Number("--rounds", 7);
IRouterStore store = Text("--redis") is { } address ? new RedisRouterStore(address) : new MemoryRouterStore();
string fleet = $"benchmark-{Guid.NewGuid():N}";
await RunAsync(TimeSpan.FromSeconds(1), []);
var rates = new List<double>();
var waits = new List<double>();
for (int round = 0; round < rounds; round++) rates.Add(await RunAsync(TimeSpan.FromSeconds(seconds), waits));
rates.Sort();
waits.Sort();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{instances} instances × {scopes} scopes, {rounds} rounds of {seconds} s: median {rates[rates.Count / 2]:N0} exchanges a second ({rates[0]:N0} to {rates[^1]:N0}); one takes {waits[waits.Count / 2]:N1} ms (median), {waits[(int)(waits.Count * 0.99)]:N1} ms (99 %)"));
if (store is IAsyncDisposable own) await own.DisposeAsync();

async Task<double> RunAsync(TimeSpan length, List<double> times)
{
    var clock = Stopwatch.StartNew();
    List<double>[] all = await Task.WhenAll(Enumerable.Range(0, instances).Select(i => Task.Run(() => ExchangeUntilAsync(i, clock, length))));
    double elapsed = clock.Elapsed.TotalSeconds;
    foreach (List<double> one in all) times.AddRange(one);
    return all.Sum(static one => one.Count) / elapsed;
}

async Task<List<double>> ExchangeUntilAsync(int instance, Stopwatch clock, TimeSpan length)
{
    var times = new List<double>();
    long sequence = Stopwatch.GetTimestamp(); // which grows from round to round
    while (clock.Elapsed < length)
    {
        TimeSpan start = clock.Elapsed;
        await store.ExchangeAsync(
            new StoreReport
            {
                Fleet = fleet,
                Instance = $"instance-{instance}",
                Sequence = ++sequence,
                Lifetime = TimeSpan.FromSeconds(5),
                Rates = [.. Enumerable.Range(0, scopes / 2).Select(static i => new RateWish($"group/deployment-{i:D2}/rpm", 60_000, 0, 0, 10, 0))],
                Amounts = [.. Enumerable.Range(scopes / 2, scopes - (scopes / 2)).Select(static i => new AmountWish($"group/deployment-{i:D2}/budget", 1_000_000_000_000, BudgetPeriod.Month, 1000, 0, 100_000, 0))],
            },
            CancellationToken.None);
        times.Add((clock.Elapsed - start).TotalMilliseconds);
    }

    return times;
}

int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
