using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>Calls that are asked twice.</summary>
internal static class HedgingScenarios
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);

    /// <summary>Both answer at about the same time: the caller gets one answer, and both places are free again.</summary>
    public static void Both_answer(Interleaving run) => Hedge(run, static _ => { }, static call => Assert.Equal("fine", call.Result.Text));

    /// <summary>One fails, and the call is left to the other.</summary>
    public static void One_fails(Interleaving run) => Hedge(
        run,
        static provider => provider.On("a", (HttpStatusCode.InternalServerError, "down")),
        static call => Assert.Equal("fine", call.Result.Text));

    /// <summary>Both are asked when the caller cancels.</summary>
    public static void The_caller_cancels(Interleaving run)
    {
        var cancel = new CancellationTokenSource();
        Hedge(run, static _ => { }, static call => Assert.True(call.IsCanceled || call.Exception?.InnerException is OperationCanceledException || call.Result.Text == "fine"), cancel.Token);
        run.Add("cancel", () => Interleaving.Uninterrupted(cancel.Cancel));
    }

    private static void Hedge(Interleaving run, Action<StrandProvider> set, Action<Task<RoutedResponse>> check, CancellationToken cancellationToken = default)
    {
        var scene = new Scene(run);
        Group group = scene.Group(new GroupDefinition { Name = "group", Deployments = [Scene.Definition("a", concurrency: 1), Scene.Definition("b", concurrency: 1)], HedgeLimit = 1 });
        for (int i = 0; i < 20; i++) group.State.Hedging!.Note(isStreaming: false, Usual);
        set(scene.Provider);
        Task<RoutedResponse>? call = null;
        run.Add("call", () =>
        {
            call = group.CompleteAsync("Hello", cancellationToken: cancellationToken);
            Interleaving.Await(call);
        });
        run.Add("time", () => scene.Time.Advance(Usual));
        foreach (string host in new[] { "a", "b" })
        {
            run.AddDaemon($"{host} answers", () =>
            {
                while (true) scene.Provider.Answer(host);
            });
        }

        run.Finally(() =>
        {
            check(call!);
            Scene.AssertQuiet(group);

            // A clock that was given back twice would be lent to two calls at once.
            CallClock one = scene.Context.StartCall(Usual, CancellationToken.None);
            Assert.NotSame(one, scene.Context.StartCall(Usual, CancellationToken.None));
        });
    }
}
