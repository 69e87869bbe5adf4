using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Many calls at once through providers of which everything goes wrong.</summary>
public sealed class StormTests
{
    private const int Calls = 2000;
    private const int Concurrency = 32;

    /// <summary>The faults, each as often as it is listed; the slow ones seldom.</summary>
    private static readonly Fault[] Faults =
    [
        .. Enumerable.Repeat(Fault.None, 90),
        .. Enumerable.Repeat(Fault.Status(503), 4),
        Fault.Status(500), Fault.Status(529), Fault.RateLimited(), Fault.RateLimited(TimeSpan.FromMilliseconds(5), RetryAfterForm.Milliseconds),
        Fault.Reset, Fault.ResetAfterHeaders, Fault.CutAfter(0), Fault.CutAfter(2), Fault.EndAfter(0), Fault.EndAfter(2),
        Fault.StreamErrorAfter(0), Fault.StreamErrorAfter(2), Fault.GarbageAfter(1), Fault.Of(FaultKind.MissingTerminator),
        Fault.Of(FaultKind.TruncatedJson), Fault.Of(FaultKind.Html), Fault.Of(FaultKind.ErrorObject), Fault.Of(FaultKind.Empty),
        Fault.Of(FaultKind.InvalidUtf8), Fault.Of(FaultKind.CrLf), Fault.Of(FaultKind.Comments), Fault.Of(FaultKind.WrongContentType),
        Fault.Slow(TimeSpan.FromMilliseconds(10)), Fault.ContentFiltered, Fault.ContextWindow, Fault.Status(400),
    ];

    private static readonly Fault[] SlowFaults = [Fault.BlackHole, Fault.StallAfter(0), Fault.StallAfter(2)];

    [Fact]
    public async Task Each_call_ends_in_an_answer_or_a_routing_exception_and_nothing_stays_behind()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await using World world = await World.StartAsync();
            string[] deployments = [.. world.Fleet.Storm.Deployments.Select(deployment => deployment.Name)];
            var random = new Random(20);
            foreach (string deployment in deployments)
            {
                DeploymentScript script = world.Providers[deployment];
                script.RecordRequests = false;
                for (int i = 0; i < 2 * Calls; i++) script.Next(random.Next(500) == 0 ? random.GetItems(SlowFaults, 1)[0] : random.GetItems(Faults, 1)[0]);
            }

            long start = TimeProvider.System.GetTimestamp();
            var ends = new ConcurrentDictionary<string, int>();
            int next = 0;
            await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(worker => Task.Run(async () =>
            {
                for (int call = Interlocked.Increment(ref next); call <= Calls; call = Interlocked.Increment(ref next)) ends.AddOrUpdate(await EndOfAsync(world.Fleet.Storm, call), 1, static (_, count) => count + 1);
            })));
            TimeSpan duration = TimeProvider.System.GetElapsedTime(start);

            Assert.Equal(Calls, ends.Values.Sum());
            Assert.True(ends.GetValueOrDefault("answered") > Calls / 2, $"Only {ends.GetValueOrDefault("answered")} of {Calls} calls were answered: {string.Join(", ", ends)}");
            Assert.True(ends.GetValueOrDefault("broken") > 0, "No stream broke after its first content.");
            Assert.False(ends.ContainsKey("never tried"), $"A call gave up although somebody was about to come back: {string.Join(", ", ends)}");
            Assert.True(duration < TimeSpan.FromSeconds(20), $"It took {duration.TotalSeconds:F1} s.");
            Assert.All(world.Fleet.Storm.Status, status => Assert.Equal(0, status.InFlight));
            foreach (string deployment in deployments)
            {
                using var late = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                await world.Providers[deployment].WaitUntilAsync(script => script.InFlight == 0, late.Token);
            }
        }
        finally
        {
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.Empty(unobserved);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task Who_finds_all_places_taken_waits_for_one(Way way)
    {
        await using World world = await World.StartAsync();
        world.Providers["openai/gpt-4.1-mini"].Always(Fault.Slow(TimeSpan.FromMilliseconds(20)));

        Got[] got = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.Fleet.Narrow.AskAsync(way))));

        Assert.All(got, one => Assert.Single(one.Attempts));
        Assert.Equal(0, world.Fleet.Narrow.Status[0].InFlight);
    }

    /// <summary>Makes a call, in one of the ways; what is no proper end is thrown.</summary>
    private static async Task<string> EndOfAsync(ChatGroup group, int call)
    {
        string prompt = $"This is call {call}.";
        try
        {
            // What blocks does so on a thread of its own: those of the pool serve the providers too, which live in this process.
            Way way = (Way)(call % 3);
            Got got = way is Way.Synchronous
                ? await Task.Factory.StartNew(() => group.AskAsync(way, prompt), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()
                : await group.AskAsync(way, prompt);
            Assert.Equal(FailureKind.None, got.Attempts[^1].Outcome);
            if (got.FinishReason == ChatFinishReason.ContentFilter) return "filtered";
            Assert.EndsWith($"You said: \"{prompt}\"", got.Text); // Its own answer, not another call's.
            return "answered";
        }
        catch (RoutingException failure)
        {
            if (failure.Attempts.Count == 0) return "never tried";
            return failure.PartialResponse is null ? "failed" : "broken";
        }
    }
}
